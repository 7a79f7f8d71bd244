"""The desks as they are deployed: a real sshd on loopback with the example files that are shipped."""
import contextlib
import ctypes.util
import os
import pathlib
import random
import re
import select
import shutil
import socket
import subprocess
import tempfile
import time

import story
from story import MULIN, person, sheet

ROOT = pathlib.Path(os.environ["MULIN_ROOT"])
EXAMPLES = ROOT / "data/deployment"
SYSTEM = os.environ["PATH"] + ":/usr/sbin:/sbin"
SSHD = shutil.which("sshd", path=SYSTEM)
ACCOUNTS = ctypes.util.find_library("nss_wrapper")
CARDS = 40
# Debian's own settings where they are open, and worse: what is refused is refused by our file.
SERVER = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
AllowTcpForwarding yes
X11Forwarding yes
AcceptEnv *
Subsystem sftp internal-sftp
Include {folder}/mulin.conf
"""


class Daemon:
    """An sshd on a port of its own. The account csc, which exists for it alone, is whoever runs the
    tests: nss_wrapper shows it another list of accounts."""

    def __init__(self, folder, home):
        self.folder = folder
        (folder / "passwd").write_text(
            f"csc:x:{os.getuid()}:{os.getgid()}::{home.path}:/bin/sh\n"
            "sshd:x:65534:65534::/run/sshd:/usr/sbin/nologin\n")
        (folder / "group").write_text(f"csc:x:{os.getgid()}:\n")
        self.environment = {"PATH": SYSTEM, "LD_PRELOAD": ACCOUNTS,
                            "NSS_WRAPPER_PASSWD": f"{folder}/passwd", "NSS_WRAPPER_GROUP": f"{folder}/group"}
        for name in ("host", "desk1", "plain", "stranger"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name],
                           check=True, env=self.environment)
        self.adapt("sshd_config", "mulin.conf", {
            "/etc/mulin/desks.keys": f"{folder}/desks.keys", "/var/lib/mulin": str(home.path),
            "exec mulin": f"exec env {self.sanitizers()} {MULIN} --now {story.LUNCH}"})
        key = (folder / "desk1.pub").read_text().split()[1]
        self.adapt("desks.keys", "desks.keys", {
            "KEY-OF-DESK-1": key, "exec mulin": f"exec {MULIN}", "192.168.1.0/24": "127.0.0.1"})
        with (folder / "desks.keys").open("a") as keys:  # one without options: sshd_config must hold it alone
            keys.write((folder / "plain.pub").read_text())
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # sshd's own, empty
        self.start()

    @staticmethod
    def sanitizers():
        return " ".join(f"{name}={value}" for name, value in story.environment().items() if "SAN_" in name)

    def adapt(self, example, name, changes):
        text = (EXAMPLES / example).read_text()
        for old, new in changes.items():
            assert old in text, f"{example} has no {old}"
            text = text.replace(old, new)
        (self.folder / name).write_text(text)

    def start(self):
        """A port that is free now may be taken a moment later: then another."""
        for _ in range(10):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            (self.folder / "sshd_config").write_text(SERVER.format(port=self.port, folder=self.folder))
            log = self.folder / "sshd.log"
            log.write_text("")
            self.process = subprocess.Popen([SSHD, "-D", "-E", log, "-f", self.folder / "sshd_config"],
                                            stdin=subprocess.DEVNULL, env=self.environment)
            while self.process.poll() is None and "listening" not in log.read_text():
                time.sleep(0.01)
            if self.process.poll() is None:
                return
        raise AssertionError("sshd does not start:\n" + log.read_text())

    def stop(self):
        self.process.terminate()
        self.process.wait()

    @contextlib.contextmanager
    def changed(self, name, old, new):
        """Another sshd meanwhile, one of whose files reads otherwise."""
        path = self.folder / name
        before = path.read_text()
        assert re.search(old, before), old
        path.write_text(re.sub(old, new, before))
        self.stop()
        self.start()
        yield
        path.write_text(before)
        self.stop()
        self.start()

    def client(self, program, *options, key="desk1"):
        """The command line of ssh and its kin, with what finds the daemon and the key."""
        settings = {"Port": self.port, "IdentityFile": self.folder / key, "IdentitiesOnly": "yes", "LogLevel": "ERROR",
                    "StrictHostKeyChecking": "accept-new", "UserKnownHostsFile": self.folder / "known"}
        shown = [f"{name}={value}" for name, value in self.environment.items() if name != "PATH"]
        return ["env", *shown, program, "-F", "none",
                *(word for name, value in settings.items() for word in ("-o", f"{name}={value}")), *options]


@story.unittest.skipUnless(SSHD and shutil.which("ssh") and ACCOUNTS, "openssh-server or libnss-wrapper is not here")
class Deployed(story.Story):
    """One sshd and one home for all stories."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="mulin-story-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.home = story.Home(cls.folder / "home")
        (cls.folder / "residents.csv").write_bytes(sheet(
            [person(f"人{n:03d}", "1946-01-01", n, 楼栋="3", 室=str(200 + n), 卡号=f"K{n:03d}") for n in range(CARDS)]))
        for command in (("init", "--preset", cls.preset), ("import", "residents", cls.folder / "residents.csv"),
                        ("operator", "add", "陈静", "--role", "desk"),
                        ("operator", "passwd", "陈静", "--password-fd", "0")):
            outcome = cls.home.run(*command, stdin="864201\n")
            assert outcome.code == 0, outcome
        cls.daemon = Daemon(cls.folder, cls.home)
        cls.addClassCleanup(cls.daemon.stop)

    def setUp(self):
        self.addCleanup(self.verify)
        self.addCleanup(lambda: self.ends(self.desks(), within=20))

    def connect(self, *options, env=None, command=(), key="desk1"):
        """The terminal of desk 1."""
        client = self.daemon.client("ssh", *options, key=key)
        desk = story.Desk([*client, "csc@127.0.0.1", *command], env=env)
        self.addCleanup(desk.end)
        return desk

    def sign_in(self, desk):
        desk.until("登录").until("陈静").type("陈静").key("Enter").until("请输入密码").paste("864201").until("******")
        return desk.key("Enter").until("现在是 陈静")

    def counter(self):
        return self.sign_in(self.connect()).type("1").until("› 助餐签到")

    def desks(self):
        """The processes of desks on this home."""
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if (f"MULIN_HOME={self.home.path}".encode() in (folder / "environ").read_bytes().split(b"\0")
                        and MULIN.encode() in (folder / "cmdline").read_bytes().split(b"\0")):
                    yield int(folder.name)
            except OSError:
                continue

    def ends(self, processes, within):
        for process in processes:
            try:
                descriptor = os.pidfd_open(process)
            except ProcessLookupError:
                continue
            with os.fdopen(descriptor) as ended:
                self.assertTrue(select.select([ended], [], [], within)[0], f"desk {process} lives on")

    def ask(self, program, *arguments, key="desk1"):
        """A client without a terminal."""
        return subprocess.run([*self.daemon.client(program, key=key), *arguments], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=story.SLOW, env=story.environment())


    def test_a_day_at_a_desk(self):
        desk = self.connect()
        desk.until("登录")
        self.assertNotIn("在住", desk.text, "nobody sits down as the keeper who ran init")
        self.sign_in(desk).until("在住").type("1").until("› 助餐签到")
        desk.scan("K000").until("人000").until("8.00")
        self.assertEqual(self.serve("K000", code=1)["code"], "already_served")
        trail = self.expect(0, self.home.run("audit", "--by", "陈静", "--format", "json")).rows
        self.assertEqual([row["action"] for row in trail], ["sign_in"])
        self.assertIn("pts/", trail[0]["terminal"])
        desk.key("Esc").until("收现金").key("Esc").until("退出睦邻").type("y")
        self.assertEqual(desk.exited(), 0)

    def test_the_line_drops_in_mid_form(self):
        """At once, as when a cable is pulled at the desk's own switch, or silently, farther away."""
        desk = self.sign_in(self.connect())
        desk.type("3").until("› 新建居民").type("慕容未完").until("慕容未完")
        [process] = self.desks()
        desk.signal("KILL")
        self.ends([process], within=5)
        with self.daemon.changed("mulin.conf", "ClientAliveInterval 15\n(.*)Max 3", r"ClientAliveInterval 1\n\1Max 2"):
            desk = self.sign_in(self.connect())
            desk.type("3").until("› 新建居民").until("慕容未完")
            [process] = self.desks()
            desk.signal("STOP")
            self.ends([process], within=20)
        self.sign_in(self.connect()).type("3").until("› 新建居民").until("慕容未完")
        self.assertEqual(self.find("慕容未完"), [])

    def test_the_line_drops_in_mid_commit(self):
        """What stood on the screen when the line fell is on the disk, and nobody was served twice."""
        dice = random.Random(20260310)
        acknowledged, waiting = set(), list(range(CARDS))
        for _ in range(4):
            dice.shuffle(waiting)
            desk = self.counter()
            for number in waiting[:2]:
                desk.scan(f"K{number:03d}").until(f"√ 人{number:03d}")
            acknowledged.update(waiting[:2])
            desk.bytes("".join(f"K{n:03d}\r" for n in waiting[2:10]).encode())
            time.sleep(dice.uniform(0, 0.06))
            desk.signal("KILL")
            desk.exited()
            acknowledged.update(map(int, re.findall(r"√ 人(\d{3}) 已签到", desk.text)))
            self.ends(self.desks(), within=5)
            served = {int(meal["name"][1:]) for meal in self.meals()}
            self.assertLessEqual(acknowledged, served)
            waiting = [n for n in waiting if n not in served]
            self.verify()
        names = [meal["name"] for meal in self.meals()]
        self.assertEqual(len(names), len(set(names)))

    def meals(self):
        return self.expect(0, self.home.run("meal", "list", "--limit", "500", "--format", "json")).rows


    def test_no_other_command_runs(self):
        target = "csc@127.0.0.1"
        (self.folder / "loot").write_text("loot")
        for program, *arguments in (("ssh", target, "sh", "-c", "'echo broken; exec sh'"),
                                    ("ssh", "-s", target, "sftp"),
                                    ("scp", self.folder / "loot", f"{target}:loot"),
                                    ("scp", "-O", self.folder / "loot", f"{target}:loot"),
                                    ("scp", f"{target}:mulin.db", self.folder / "stolen")):
            with self.subTest(program=program, arguments=arguments):
                done = self.ask(program, *arguments)
                self.assertNotEqual(done.returncode, 0)
                self.assertNotIn("broken", done.stdout)
                if program == "ssh":
                    self.assertEqual(done.returncode, 2)
                    self.assertEqual("不是终端" in done.stderr, arguments[0] != "-s")
        self.assertFalse((self.home.path / "loot").exists() or (self.folder / "stolen").exists())
        desk = self.connect("-t", command=("sh", "-c", "'echo broken; exec sh'"), key="plain")
        desk.until("登录").until("陈静")
        self.assertNotIn("broken", desk.text)

    def test_nothing_is_forwarded(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            there = f"127.0.0.1:{server.getsockname()[1]}"
            for key in ("desk1", "plain"):
                for options in (("-W", there), ("-o", "ExitOnForwardFailure=yes", "-N", "-R", f"0:{there}")):
                    done = self.ask("ssh", *options, "csc@127.0.0.1", key=key)
                    self.assertNotEqual(done.returncode, 0)
                    self.assertIn("forwarding failed", done.stderr)

    def test_only_the_language_comes_in(self):
        sent = {"MULIN_NOW": "2030-01-01T00:00", "MULIN_HOME": "/tmp", "TZ": "America/New_York", "HOME": "/tmp",
                "TERMINFO": "/tmp", "LD_LIBRARY_PATH": "/tmp", "DISPLAY": ":9", "LANG": "zh_CN.UTF-8"}
        options = ["-X", "-o", f"ForwardAgent={self.folder}/agent",
                   *(word for name in sent for word in ("-o", f"SendEnv={name}"))]
        self.connect(*options, env=sent, key="plain").until("登录").until("11:30")
        [desk] = self.desks()
        found = dict(pair.split("=", 1) for pair in
                     pathlib.Path(f"/proc/{desk}/environ").read_text().rstrip("\0").split("\0"))
        self.assertEqual((found["MULIN_HOME"], found["MULIN_NOW"], found["LANG"]),
                         (str(self.home.path), "", "zh_CN.UTF-8"))
        self.assertLessEqual({name for name in found if "SAN_" not in name},
                             {"MULIN_HOME", "MULIN_NOW", "LANG", "USER", "LOGNAME", "HOME", "PATH", "SHELL", "TERM",
                              "MAIL", "PWD", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY"})

    def test_no_key_no_desk(self):
        self.assertIn("Permission denied (publickey)", self.ask("ssh", "-T", "csc@127.0.0.1", key="stranger").stderr)
        with self.daemon.changed("desks.keys", 'from="127.0.0.1"', 'from="192.168.1.0/24"'):
            self.assertIn("Permission denied (publickey)", self.ask("ssh", "-T", "csc@127.0.0.1").stderr)

    def test_the_key_alone_holds_when_the_forced_command_is_gone(self):
        with self.daemon.changed("mulin.conf", "ForceCommand.*", ""):
            done = self.ask("ssh", "csc@127.0.0.1", "echo broken")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("不是终端", done.stderr)

    def test_without_a_locale_from_the_client(self):
        for env in ({"LC_ALL": ""}, {"LC_ALL": "", "LANG": "C"}, {"LC_ALL": "zh_CN.GBK"}):
            with self.subTest(env=env):
                desk = self.connect("-o", "SendEnv=LANG LC_*", env=env)
                desk.until("┌─ 登录").until("陈静")
                desk.end()
        desk = self.connect("-o", "SendEnv=LANG", env={"LANG": "en_US.UTF-8"})
        desk.until("┌─ sign in").until("陈静")

    def test_a_terminal_that_this_machine_does_not_know(self):
        for name in ("no-such-terminal", "dumb"):
            desk = self.connect(env={"TERM": name})
            self.assertEqual(desk.exited(), 2)
            self.assertIn(f"“{name}”", desk.text)
            self.assertIn("TERM=xterm-256color", desk.text)
            self.assertIn("terminal:", desk.text)
            desk.end()


class Examples(story.Story):
    """The example files by themselves, as the programs read them that they are for."""

    preset = None

    def read(self, *command, **env):
        """What the program prints about a file; it must find nothing to complain about."""
        done = subprocess.run(command, capture_output=True, text=True, env={"PATH": SYSTEM, **env})
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    @story.unittest.skipUnless(SSHD, "openssh-server is not here")
    def test_the_section_is_for_the_desks_alone(self):
        """On top of Debian's file, where it includes others; the lines after it are for everybody."""
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / "host"], check=True)
        shutil.copy(EXAMPLES / "sshd_config", self.folder / "mulin.conf")
        main = self.write("sshd_config", f"Include {self.folder}/mulin.conf\nHostKey {self.folder}/host\nUsePAM yes\n"
                          "X11Forwarding yes\nAcceptEnv LANG LC_*\nLogLevel INFO\n".encode())
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
        self.read(SSHD, "-t", "-f", main)
        desk, others = (set(self.read(SSHD, "-T", "-f", main, "-C", f"user={user},host=h,addr=127.0.0.1").stdout
                            .splitlines()) for user in ("csc", "root"))
        wanted = {"permituserenvironment no"}
        for name, rest in re.findall(r"^    ([A-Z]\w+) (.*)$", (EXAMPLES / "sshd_config").read_text(), re.M):
            wanted.update(f"{name.lower()} {value}" for value in (rest.split() if name.endswith("Env") else [rest]))
        self.assertIn("forcecommand exec mulin --sign-in", wanted)
        self.assertLessEqual(wanted, desk)
        self.assertLessEqual({line for line in desk if line.startswith("acceptenv")}, wanted)
        self.assertLessEqual({"forcecommand none", "x11forwarding yes", "acceptenv LC_*", "loglevel INFO"}, others)

    @story.unittest.skipUnless(shutil.which("systemd-sysusers"), "systemd is not here")
    def test_the_account_and_its_folders(self):
        system = self.folder / "system"
        (system / "etc").mkdir(parents=True)
        self.read("systemd-sysusers", f"--root={system}", EXAMPLES / "sysusers.conf")
        account = (system / "etc/passwd").read_text().strip().split(":")
        self.assertEqual((account[0], account[5], account[6]), ("csc", "/var/lib/mulin", "/bin/sh"))
        if os.getuid() != 0:
            return
        self.read("systemd-tmpfiles", f"--root={system}", "--create", EXAMPLES / "tmpfiles.conf")
        for folder in ("var/lib/mulin", "var/backups/mulin"):
            found = (system / folder).stat()
            self.assertEqual((found.st_uid, found.st_mode & 0o777), (int(account[2]), 0o700))
        self.assertEqual((system / "etc/mulin").stat().st_uid, 0)

    @story.unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not here")
    def test_the_console(self):
        text = (EXAMPLES / "mulin-desk@.service").read_text()
        self.assertIn("ExecStart=mulin --sign-in\n", text)
        unit = self.write("mulin-desk@.service", text.replace("ExecStart=mulin", f"ExecStart={MULIN}").encode())
        done = self.read("systemd-analyze", "verify", "--man=no", unit, SYSTEMD_UNIT_PATH=f"{self.folder}:")
        self.assertEqual(done.stderr, "")

    def test_the_disks(self):
        generators = pathlib.Path("/usr/lib/systemd/system-generators")
        if not (generators / "systemd-cryptsetup-generator").exists():
            self.skipTest("systemd is not here")
        for program, name, variable in (("systemd-cryptsetup-generator", "crypttab", "SYSTEMD_CRYPTTAB"),
                                        ("systemd-fstab-generator", "fstab", "SYSTEMD_FSTAB")):
            self.read(generators / program, *[self.folder] * 3, **{variable: str(EXAMPLES / name)})
        for name in ("var-lib-mulin.mount", r"systemd-cryptsetup@mulin\x2drecords.service",
                     r"systemd-cryptsetup@mulin\x2dswap.service"):
            self.assertTrue((self.folder / name).exists(), name)

    def test_accounts_and_folders_are_those_of_the_nightly_backup(self):
        backup = (ROOT / "data/systemd/mulin-backup.service").read_text()
        for text in (backup, (EXAMPLES / "mulin-desk@.service").read_text()):
            self.assertIn("\nUser=csc\n", text)
            self.assertIn("MULIN_HOME=/var/lib/mulin", text)


if __name__ == "__main__":
    story.unittest.main()
