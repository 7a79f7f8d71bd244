"""Programs that are run, and what they print."""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(*command, **options):
    """What a command prints; it must succeed."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words[:6])}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def fields(text):
    """The lines that a measuring program prints, each a list of its columns."""
    return [line.split("\t") for line in text.splitlines()]
