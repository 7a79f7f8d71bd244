#!/usr/bin/env python3
"""messages.py ROOT: the sentences in data/messages/*.def, Chinese and English side by side."""
import pathlib
import re
import sys

from source import TOKEN, report

MESSAGE = re.compile(r'\bMESSAGE\s*\(\s*(\w+)\s*,((?:\s*"(?:\\.|[^"\\])*")+)\s*,'
                     r'((?:\s*"(?:\\.|[^"\\])*")+)\s*\)')
STRING = re.compile(r'"((?:\\.|[^"\\])*)"')
PLACE = re.compile(r"\{\d+\}")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
ENGLISH_WORDS = re.compile(r"(?:\b[a-z]{2,}\b[ ,]+){3,}")
HALF_WIDTH = re.compile(r"(?<=[\u3400-\u9fff])[,;!?]|[,;!?](?=[\u3400-\u9fff])")
FULL_WIDTH = re.compile(r"[，。；：！？（）、]")


def joined(literals):
    return "".join(STRING.findall(literals))


def without_comments(text):
    return TOKEN.sub(lambda f: f[0] if f[0][0] in "\"'" else re.sub(r"[^\n]", " ", f[0]), text)


def faults_of(name, chinese, english):
    if not chinese or not english:
        yield "both languages are needed"
        return
    if sorted(PLACE.findall(chinese)) != sorted(PLACE.findall(english)):
        yield "the languages have different placeholders"
    if any(int(place[1:-1]) > 3 for place in PLACE.findall(chinese + english)):
        yield "placeholders are {0} to {3}"
    # A command of ours is no sentence: mulin rules adopt.
    words = re.sub(r"mulin( [a-z]+)+", "", PLACE.sub("", chinese))
    if re.search(r"[A-Za-z]{3,}", words) and not HAN.search(words) and words != english:
        yield "the Chinese sentence is not Chinese"
    if ENGLISH_WORDS.search(words):
        yield "an English sentence inside the Chinese one"
    if HALF_WIDTH.search(chinese):
        yield "half-width punctuation in Chinese text"
    if FULL_WIDTH.search(english):
        yield "full-width punctuation in English text"
    if HAN.search(english) and not re.search(r"[A-Za-z]{2,}", english):
        yield "the English sentence is not English"
    if name.startswith("error_"):
        if len([part for part in chinese.split("：") if part.strip()]) < 3:
            yield "a Chinese error reads 什么：为什么：怎么办"
        if len([part for part in english.split(": ") if part.strip()]) < 3:
            yield "an English error reads what: why: what to do"


def words_in_use(root):
    """The words of the sources and tables, and what `##` pastes before them (MU_SAY_field_##key)."""
    words, prefixes = set(), {""}
    for folder, pattern in (("src", "*.[ch]"), ("include", "*.h"), ("data", "*.def"),
                            ("src", "*.def"), ("tests", "*.[ch]")):
        for path in (root / folder).rglob(pattern):
            text = MESSAGE.sub("", path.read_text(encoding="utf-8"))
            words.update(word.removeprefix("MU_SAY_") for word in re.findall(r"\w+", text))
            prefixes.update(re.findall(r"\bMU_SAY_(\w+)\s*##", text))
    return words, prefixes


def check(root):
    faults, seen = [], {}
    words, prefixes = words_in_use(root)
    for path in sorted((root / "data/messages").glob("*.def")):
        where = path.relative_to(root).as_posix()
        # A macro that makes sentences out of a table is no sentence itself.
        text = without_comments(path.read_text(encoding="utf-8"))
        text = re.sub(r"^#define(.*\\\n)*.*\n", "", text, flags=re.M)
        found_all = list(MESSAGE.finditer(text))
        if len(found_all) != len(re.findall(r"\bMESSAGE\s*\(", text)):
            faults.append((where, 1, "an entry is not MESSAGE(name, \"Chinese\", \"English\")"))
        for found in found_all:
            line = text.count("\n", 0, found.start()) + 1
            name = found[1]
            if name in seen:
                faults.append((where, line, f"{name} stands in {seen[name]} too"))
            seen[name] = where
            if not any(name.startswith(p) and name[len(p):] in words for p in prefixes):
                faults.append((where, line, f"{name} is said nowhere"))
            for what in faults_of(name, joined(found[2]), joined(found[3])):
                faults.append((where, line, f"{name}: {what}"))
    return faults


if __name__ == "__main__":
    sys.exit(report(check(pathlib.Path(sys.argv[1]).resolve())))
