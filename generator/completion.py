# SPDX-License-Identifier: BSD-3-Clause
"""Completion scripts for bash, zsh and fish, made from the parsers of the commands.

The script of a shell is static: a key press runs no platgen, except where a platform's name is due.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import NamedTuple

PLATFORMS = "platgen list 2>/dev/null | cut -d' ' -f1"
FOLDERS, FILES, SPECS = "folders", "files", "specs"
KINDS = {"DIR": FOLDERS, "FILE": FILES, "PLAT": SPECS, "A": SPECS, "B": SPECS}  # by what --help calls the value


class Argument(NamedTuple):
    """One argument of a command; no words means a place, not an option."""

    words: tuple[str, ...]
    text: str
    has_value: bool
    kind: str  # one of KINDS' values, or the words of a choice, or "" where nothing can be proposed


def script(shell: str, summaries: Mapping[str, str], parsers: Mapping[str, argparse.ArgumentParser]) -> str:
    """The script that a user of `shell` (a key of SHELLS) sources; both mappings go by the command's name."""
    arguments = {name: [_argument(action) for action in parser._actions] for name, parser in parsers.items()}
    return SHELLS[shell](summaries, arguments)


def _argument(action: argparse.Action) -> Argument:
    kind = " ".join(map(str, action.choices)) if action.choices else KINDS.get(str(action.metavar), "")
    return Argument(tuple(action.option_strings), action.help or "", action.nargs != 0, kind)


def _place(arguments: list[Argument]) -> str:
    return next((argument.kind for argument in arguments if not argument.words), "")


def _bash(summaries: Mapping[str, str], commands: Mapping[str, list[Argument]]) -> str:
    values, places = [], []
    for name, arguments in commands.items():
        values += [
            f"\t{'|'.join(f'{name}:{word}' for word in argument.words)}) kind='{argument.kind}' ;;"
            for argument in arguments
            if argument.words and argument.has_value
        ]
        options = " ".join(word for argument in arguments for word in argument.words)
        places.append(f"\t{name}) kind='{_place(arguments)}' options='{options}' ;;")
    return "\n".join(
        [
            '# platgen for bash; in ~/.bashrc: eval "$(platgen completion bash)"',
            "_platgen() {",
            "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} kind=none options= words",
            "\tlocal command=${COMP_WORDS[1]}",
            "\tCOMPREPLY=()",
            "\tif ((COMP_CWORD == 1)); then",
            f"\t\tCOMPREPLY=($(compgen -W '{' '.join(summaries)} --help --version' -- \"$cur\"))",
            "\t\treturn",
            "\tfi",
            '\tcase "$command:$prev" in',
            *values,
            "\tesac",
            '\t[[ $kind != none ]] || case "$command" in',
            *places,
            "\tesac",
            "\tif [[ $cur == -* ]]; then",
            '\t\tCOMPREPLY=($(compgen -W "$options" -- "$cur"))',
            "\t\treturn",
            "\tfi",
            '\tcase "$kind" in',
            f'\t{FOLDERS}) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;',
            f'\t{FILES}) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;',
            f"\t{SPECS})",
            f"\t\twords=$({PLATFORMS})",
            '\t\tmapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur"; compgen -f -X "!*.yaml" -- "$cur")',
            "\t\t;;",
            "\tnone) ;;",
            '\t*) COMPREPLY=($(compgen -W "$kind" -- "$cur")) ;;',
            "\tesac",
            "}",
            "complete -o filenames -F _platgen platgen",
            "",
        ]
    )


def _quoted(text: str, special: str) -> str:
    """Put a backslash before each special character."""
    return "".join(f"\\{c}" if c in special else c for c in text)


def _zsh(summaries: Mapping[str, str], commands: Mapping[str, list[Argument]]) -> str:
    actions = {"": " ", FOLDERS: "_files -/", FILES: "_files", SPECS: "_platgen_specs"}

    def spec(argument: Argument) -> list[str]:
        action = actions.get(argument.kind, f"({argument.kind})")
        if not argument.words:
            return [f"*:argument:{action}"]
        text = _quoted(argument.text, "[]:\\")
        value = f":value:{action}" if argument.has_value else ""
        return [f"{word}[{text}]{value}" for word in argument.words]

    def in_quotes(text: str) -> str:
        return "'" + text.replace("'", "'\\''") + "'"

    cases = []
    for name, arguments in commands.items():
        options = [argument for argument in arguments if argument.words]
        places = [argument for argument in arguments if not argument.words][:1]
        specs = " ".join(in_quotes(one) for argument in options + places for one in spec(argument))
        cases.append(f"\t{name}) _arguments {specs} ;;")
    names = " ".join(in_quotes(f"{name}:{_quoted(text, ':')}") for name, text in summaries.items())
    return "\n".join(
        [
            "#compdef platgen",
            '# platgen for zsh; in ~/.zshrc, after compinit: eval "$(platgen completion zsh)"',
            "_platgen_specs() {",
            f'\tcompadd -- ${{(f)"$({PLATFORMS})"}}',
            "\t_files -g '*.yaml'",
            "}",
            "_platgen() {",
            f"\tlocal -a commands=({names})",
            "\tif ((CURRENT == 2)); then",
            "\t\t_describe command commands",
            "\t\treturn",
            "\tfi",
            "\tlocal command=$words[2]",
            "\tshift words",
            "\t((CURRENT--))",
            "\tcase $command in",
            *cases,
            "\tesac",
            "}",
            "compdef _platgen platgen",
            "",
        ]
    )


def _fish(summaries: Mapping[str, str], commands: Mapping[str, list[Argument]]) -> str:
    values = {"": "", FOLDERS: "(__fish_complete_directories)", FILES: "(__fish_complete_path)"}
    values[SPECS] = f"({PLATFORMS.replace('2>', '2> ')}; __fish_complete_suffix .yaml)"

    def in_quotes(text: str) -> str:
        return "'" + _quoted(text, "\\'") + "'"

    lines = ["# platgen for fish; platgen completion fish > ~/.config/fish/completions/platgen.fish"]
    lines.append("complete -c platgen -f")
    for name, text in summaries.items():
        lines.append(f"complete -c platgen -n __fish_use_subcommand -a {name} -d {in_quotes(text)}")
    for name, arguments in commands.items():
        start = f"complete -c platgen -n '__fish_seen_subcommand_from {name}'"
        for argument in arguments:
            value = f" -a {in_quotes(values.get(argument.kind, argument.kind))}" if argument.kind else ""
            if argument.words:
                words = " ".join(f"-l {w[2:]}" if w.startswith("--") else f"-s {w[1:]}" for w in argument.words)
                needs = f" -x{value}" if argument.has_value else ""
                lines.append(f"{start} {words}{needs} -d {in_quotes(argument.text)}")
            elif value:
                lines.append(f"{start}{value}")
    return "\n".join([*lines, ""])


SHELLS: dict[str, Callable[[Mapping[str, str], Mapping[str, list[Argument]]], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}
