"""A letter and an address → one message, taken by a mail server or refused with its reason."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from types import TracebackType

from cotmoc.settings import Settings

_SECONDS = 30
# One address of one person: no list, no comment, no quoting, nothing beyond ASCII.
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


class MailNotConfiguredError(RuntimeError):
    """A mail server is named but not all it needs is said; the message names the setting."""


class MailServerAwayError(RuntimeError):
    """The mail server cannot be reached or does not let us in: no message of this run will be taken."""


class MessageRefusedError(RuntimeError):
    """The mail server did not take this message; others may be taken."""


@dataclass(frozen=True)
class MailServer:
    """Where messages are handed over; the password is never shown."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    starttls: bool

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"


def mail_server(settings: Settings) -> MailServer | None:
    """Return the mail server of an installation, None where none is named. Raises MailNotConfiguredError."""
    if not settings.smtp_host:
        return None
    if not is_address(settings.smtp_from):
        raise MailNotConfiguredError("set COTMOC_SMTP_FROM to the address that reminders come from")
    password = settings.smtp_password.get_secret_value()
    if not (settings.smtp_user + password).isascii():
        raise MailNotConfiguredError(
            "COTMOC_SMTP_USER and COTMOC_SMTP_PASSWORD may hold ASCII letters, digits and signs only"
        )
    if settings.smtp_user and not settings.smtp_starttls:
        raise MailNotConfiguredError(
            "COTMOC_SMTP_USER with COTMOC_SMTP_STARTTLS=false would send the password in the clear: "
            "set COTMOC_SMTP_STARTTLS=true, or leave the account empty"
        )
    return MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        password,
        settings.smtp_from,
        settings.smtp_starttls,
    )


def is_address(text: str) -> bool:
    """Return whether a text is the bare address of one mailbox."""
    return _EMAIL.fullmatch(text) is not None


def to_message(
    sender: str, name: str, address: str, subject: str, text: str, html: str, at: datetime
) -> EmailMessage:
    """Return the message in plain text with HTML beside it. Raises ValueError for a line break in a header."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Cột Mốc", addr_spec=sender)
    message["To"] = Address(name, addr_spec=address)
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid("cotmoc", domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, charset="utf-8", cte="base64")
    message.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    # Set before, it would be moved to the first part.
    message["Content-Language"] = "vi"
    return message


class Post:
    """A mail server while messages are handed over: one connection, opened when needed, opened anew when lost."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Post:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.quit()

    def hand_over(self, message: EmailMessage) -> None:
        """Return when the server has taken the message. Raises MailServerAwayError or MessageRefusedError."""
        connection = self._open()
        try:
            connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise MessageRefusedError(
                "; ".join(_said(code, reply) for code, reply in error.recipients.values())
            ) from error
        except smtplib.SMTPResponseException as error:
            raise MessageRefusedError(_said(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            # Whether the server took it before the line broke nobody knows; it counts as not taken.
            connection.close()
            self._connection = None
            raise MessageRefusedError(f"the connection broke: {error}") from error

    def _open(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = _connect(self._server)
        return self._connection


def _connect(server: MailServer) -> smtplib.SMTP:
    where = f"the mail server {server.host}:{server.port}"
    connection = None
    try:
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
        if server.starttls:
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password)
    except (smtplib.SMTPException, OSError) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, smtplib.SMTPResponseException):
            raise MailServerAwayError(
                f"{where} answers {_said(error.smtp_code, error.smtp_error)}"
            ) from error
        raise MailServerAwayError(f"{where} cannot be used: {error}") from error
    return connection


def _said(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {' '.join(text.split())}"
