"""test_bench.py BUILD: a row that cannot be measured fails the bench, and the others are told all the
same."""
import pathlib
import subprocess
import sys
import tempfile

BENCH = pathlib.Path(__file__).with_name("bench.py")


def main():
    with tempfile.TemporaryDirectory() as build:
        tools = pathlib.Path(build) / "tests" / "bench"
        tools.mkdir(parents=True)
        (tools / "bench_readings").symlink_to(
            pathlib.Path(sys.argv[1]).resolve() / "tests" / "bench" / "bench_readings")
        done = subprocess.run([sys.executable, "-B", BENCH, "--build", build, "--tiny",
                               "--rows", "lists,readings"], capture_output=True, text=True, check=False)
    lines = [[cell.strip() for cell in line.split("|")] for line in done.stdout.splitlines()]
    assert done.returncode == 1, done.stderr
    assert any(line[2:3] == ["lists"] and "failed" in line for line in lines), done.stdout
    assert any(line[2:3] and line[2].startswith("the reading of a name") and line[5].endswith(" ns")
               for line in lines), done.stdout


if __name__ == "__main__":
    main()
