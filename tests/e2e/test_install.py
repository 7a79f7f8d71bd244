"""Somebody builds a program of their own on the installed core."""
import os
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["MULIN"]).parent.parent
PROGRAM = """
#include <mulin/desk/register.h>
#include <stdio.h>
int main(void)
{
    char age[8];
    snprintf(age, sizeof age, "%d", mu_age_on((struct mu_date){1944, 2, 29},
                                              (struct mu_date){2026, 3, 1}));
    puts(age);
    return mu_resident_field_count > 0 ? 0 : 1;
}
"""


def cached(name):
    found = re.search(rf"^{name}:\w+=(.*)$", (BUILD / "CMakeCache.txt").read_text(), re.M)
    return found.group(1) if found else ""


class Installation(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.prefix = pathlib.Path(folder.name)
        subprocess.run(["cmake", "--install", BUILD, "--prefix", self.prefix], check=True,
                       stdout=subprocess.DEVNULL)

    def test_everything_is_in_its_place(self):
        for place in ("bin/mulin", "share/man/man1/mulin.1", "share/man/man5/mulin-rules.5",
                      "share/man/man7/mulin-keys.7", "share/man/zh_CN/man1/mulin.1",
                      "share/man/zh_CN/man5/mulin-rules.5", "share/man/man5/mulin-ledger.5",
                      "share/man/zh_CN/man5/mulin-ledger.5", "share/man/zh_CN/man7/mulin-keys.7",
                      "share/mulin/presets/yunluwan.yaml", "share/doc/mulin/README.md",
                      "share/doc/mulin/README.zh-CN.md", "share/man/man7/mulin-deployment.7",
                      "share/man/zh_CN/man7/mulin-deployment.7", "share/doc/mulin/examples/sshd_config",
                      "share/doc/mulin/examples/mulin-desk@.service", "include/mulin/desk/canteen.h"):
            self.assertTrue((self.prefix / place).is_file(), place)

    def test_a_program_is_built_on_the_library_and_needs_no_terminal(self):
        [description] = self.prefix.rglob("mulin.pc")
        source, program = self.prefix / "age.c", self.prefix / "age"
        source.write_text(PROGRAM)
        environment = dict(os.environ, PKG_CONFIG_PATH=str(description.parent))
        flags = subprocess.run(["pkg-config", "--static", "--cflags", "--libs", "mulin"],
                               env=environment, check=True, capture_output=True, text=True).stdout
        subprocess.run([cached("CMAKE_C_COMPILER"), *shlex.split(cached("CMAKE_C_FLAGS")),
                        "-Wall", "-Werror", source, "-o", program, *shlex.split(flags)], check=True)
        needed = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
        self.assertNotIn("ncurses", needed)
        said = subprocess.run([program], check=True, capture_output=True, text=True).stdout
        self.assertEqual(said, "82\n")


if __name__ == "__main__":
    unittest.main()
