"""tkt.attachments: a stranger's name for a file is a label, and nothing that it says ever acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.attachments import chosen, upload
from tkt.attachments.names import LABEL_LENGTH, NAME_BYTES, extension_of, file_name, label_of
from tkt.attachments.types import NotAllowed, program_kind, refuse_to_open, refuse_unwanted, type_of
from tkt.schema.desk import AttachmentPolicy
from tkt.schema.reading import read_struct

POLICY = AttachmentPolicy()
PNG = b"\x89PNG\r\n\x1a\n...."


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("E104.png", "E104.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\report.pdf", "report.pdf"),
        ("-rf", "_rf"),
        ("--output=x", "_output=x"),
        (".bashrc", "_bashrc"),
        ("..", "file"),
        ("", "file"),
        ("a/", "file"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM1.tar.gz", "_COM1.tar.gz"),
        ("report. ", "report"),
        ('a<b>:"c|d?e*.txt', "a_b___c_d_e_.txt"),
        ("发票 清单.csv", "发票 清单.csv"),
        ("a\x1b[31m\u202egnp.exe", "a[31mgnp.exe"),
    ],
)
def test_a_label_becomes_a_harmless_name(label: str, name: str) -> None:
    assert file_name(label) == name


@given(st.text())
def test_no_label_makes_a_path_an_option_or_a_hidden_file(label: str) -> None:
    name = file_name(label)
    assert name
    assert not set(name) & set('/\\\0<>:"|?*\n\r')
    assert name[0] not in "-.~ "
    assert name[-1] not in ". "
    assert len(name.encode()) <= NAME_BYTES
    assert len(label_of(label)) <= LABEL_LENGTH
    assert label_of(label_of(label)) == label_of(label)
    ending = extension_of(label)
    assert ending == "" or (ending[0] == "." and ending[1:].isascii() and ending[1:].isalnum())


def test_a_name_of_300_bytes_keeps_its_ending() -> None:
    assert file_name("发" * 300 + ".png").endswith(".png")
    assert label_of("a" * 300 + ".png").endswith("….png")


def test_a_stored_name_is_the_hash_and_a_plain_ending() -> None:
    it = upload("../E104.PNG", PNG)
    assert it.stored_name == f"{it.sha256[:16]}.png"
    assert upload("weird.p/n g", PNG).stored_name == it.sha256[:16]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("setup.exe", b"x"),
        ("invoice.pdf.exe", b"x"),
        ("run.exe.txt", b"x"),
        ("report.pdf", b"MZ\x90\x00\x03\x00"),
        ("photo.png", b"\x7fELF\x02"),
        ("x", b"\xcf\xfa\xed\xfe...."),
        ("x", b"\xca\xfe\xba\xbe...."),
        ("notes.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("notes.txt", b"\xef\xbb\xbf#! /usr/bin/env python\n"),
        ("x.dat", b"L\x00\x00\x00\x01\x14\x02\x00"),
        ("empty.txt", b""),
        ("big.bin", b"\x00" * 10_000_001),
    ],
)
def test_what_runs_or_is_too_large_is_not_kept(name: str, data: bytes) -> None:
    with pytest.raises(NotAllowed):
        refuse_unwanted(name, data, POLICY)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("E104.png", PNG),
        ("MZ-500.txt", b"MZ-500 does not start"),
        ("voice.amr", b"#!AMR\n\x04"),
        ("readme.md", b"# title"),
        ("执行.txt", b"words"),
    ],
)
def test_what_customers_send_is_kept(name: str, data: bytes) -> None:
    refuse_unwanted(name, data, POLICY)


def test_a_desk_may_keep_programs() -> None:
    allowed = AttachmentPolicy(forbidden=[], executables=True)
    refuse_unwanted("setup.exe", b"MZ\x90\x00", allowed)
    assert program_kind(b"MZ\x90\x00") is not None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<p>"),
        ("drawing.svg", b"<svg>"),
        ("archive.zip", b"PK\x03\x04"),
        ("macro.docm", b"PK\x03\x04"),
        ("x", b"words"),
        ("photo.png", b"<html>"),
        ("notes.txt", b"#!/bin/sh\n"),
    ],
)
def test_only_what_merely_shows_is_opened(name: str, data: bytes) -> None:
    with pytest.raises(NotAllowed):
        refuse_to_open(name, data, AttachmentPolicy(executables=True))


def test_a_picture_is_opened() -> None:
    refuse_to_open("E104.png", PNG, POLICY)
    assert type_of("E104.PNG") == "image/png"
    assert type_of("core.dump1") == "application/octet-stream"


def test_no_file_means_nothing_to_choose() -> None:
    assert chosen((), "fa56") == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"file_mb": 0}, "file_mb: expected megabytes, from 1 to 16, found 0"),
        ({"file_mb": 17}, "file_mb: expected megabytes, from 1 to 16, found 17"),
        ({"ticket_mb": "25"}, 'ticket_mb: expected megabytes, from 1 to 1000, found "25"'),
        ({"forbidden": [".exe"]}, "forbidden[0]: expected the end of a file's name without the dot"),
    ],
)
def test_limits_that_are_none_are_told(given: dict[str, object], said: str) -> None:
    value, (fault,) = read_struct(AttachmentPolicy, given)
    assert value is None
    assert str(fault.message).startswith(said)
