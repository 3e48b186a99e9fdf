"""What click and the operating system object to, as one line in the user's language."""

import click

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text


def complaint(error: SoseiError | click.ClickException | OSError) -> SoseiError:
    """The error as a `SoseiError`: where, what, and what to do next."""
    if isinstance(error, SoseiError):
        return error
    if isinstance(error, OSError):
        return _of_system(error)
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "sosei"
    return SoseiError(
        _of_click(error), where=where, hint=Text(f"使い方: {where} --help", f"see {where} --help")
    )


def _of_system(error: OSError) -> SoseiError:
    reason = error.strerror or str(error)
    return SoseiError(
        Text(f"読み書きできません: {reason}", f"cannot be read or written: {reason}"),
        where=str(error.filename or ""),
    )


def _of_click(error: click.ClickException) -> Text:
    match error:
        case click.NoSuchOption():
            return _unknown(Text("オプション", "option"), error.option_name, error.possibilities)
        case click.NoSuchCommand():
            return _unknown(Text("コマンド", "command"), error.command_name, error.possibilities)
        case click.BadParameter(param=click.Parameter() as parameter):
            return _of_value(error, parameter)
        case click.BadOptionUsage():
            return Text(f"{error.option_name} には値が必要です", f"{error.option_name} needs a value")
        case _:
            message = error.format_message()
            return Text(f"使い方が正しくありません: {message}", message)


def _of_value(error: click.BadParameter, parameter: click.Parameter) -> Text:
    name = _name(parameter)
    if isinstance(error, click.MissingParameter):
        return Text(f"{name} を指定してください", f"{name} is missing")
    if isinstance(parameter.type, click.Choice):
        values = ", ".join(str(each) for each in parameter.type.choices)
        return Text(f"{name} に使える値は {values} です", f"{name} must be one of {values}")
    return Text(f"{name} の値が正しくありません: {error.message}", f"{name}: {error.message}")


def _unknown(kind: Text, name: str, near: list[str] | None) -> Text:
    ja, en = f"{kind.ja}「{name}」はありません", f"there is no {kind.en} {name}"
    if near:
        ja, en = f"{ja}。近いもの: {', '.join(near)}", f"{en}; near to it: {', '.join(near)}"
    return Text(ja, en)


def _name(parameter: click.Parameter) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else (parameter.name or "").upper()
