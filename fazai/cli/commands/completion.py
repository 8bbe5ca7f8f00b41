"""`fazai completion`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from fazai.cli.views import View

HELP = "Print the completion script of a shell. It asks FazAI itself, so it never grows old."
EXAMPLE = """\
  bash:  fazai completion bash > ~/.local/share/bash-completion/completions/fazai
  zsh:   fazai completion zsh > ~/.zfunc/_fazai        (a directory of your fpath)
  fish:  fazai completion fish > ~/.config/fish/completions/fazai.fish"""


def add_arguments(parser: ArgumentParser) -> None:
    """Which shell."""
    parser.add_argument("shell", metavar="SHELL", choices=["bash", "zsh", "fish"], help="bash, zsh or fish")


def run(args: Namespace, view: View) -> int:
    """Print the script."""
    from argcomplete.shell_integration import shellcode  # noqa: PLC0415

    view.script(shellcode(["fazai"], shell=args.shell))
    return 0
