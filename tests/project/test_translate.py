"""The translation check finds what is missing, left over, wrong or misfiled: the real Qt tools on a tiny project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.project.checkout import script

if TYPE_CHECKING:
    from pathlib import Path

translate = script("translate")

SOURCE = """
class Page(QWidget):
    def _retranslate(self):
        self.setWindowTitle(self.tr("Builds of {app}").format(app=self.app))
        self.label.setText(self.tr("%n build(s)", "", 3))
"""


class Project:
    """A checkout with one module and its translations."""

    def __init__(self, root: Path) -> None:
        self.files: Any = translate.Translations(root)
        (root / "pgyer_desktop").mkdir()
        self._module = root / "pgyer_desktop" / "page.py"
        self.write(SOURCE)

    def write(self, source: str) -> None:
        self._module.write_text(source, encoding="utf-8")

    def update(self, **chinese: str) -> None:
        """Collect, put in the translations, compile."""
        translate.update(self.files)
        ts = self.files.ts("zh_CN")
        text = ts.read_text(encoding="utf-8")
        text = text.replace(
            "<numerusform></numerusform>", f"<numerusform>{chinese.get('plural', '%n 个构建')}</numerusform>"
        )
        text = text.replace('<translation type="unfinished"></translation>', f"<translation>{chinese.get('plain', '{app} 的构建')}</translation>")  # fmt: skip # noqa: E501
        ts.write_text(text.replace(' type="unfinished"', ""), encoding="utf-8", newline="\n")
        translate.lrelease(ts, ts.with_suffix(".qm"))

    def check(self) -> list[str]:
        problems: list[str] = translate.check(self.files)
        return problems


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_complete_translation_has_no_problems(project: Project) -> None:
    project.update()
    assert project.check() == []


def test_a_project_without_translations_lacks_the_files(project: Project) -> None:
    assert project.check() == ["pgyer_desktop_en.ts is missing", "pgyer_desktop_zh_CN.ts is missing"]


def test_regular_english_plurals_are_filled_in_and_kept(project: Project) -> None:
    project.update()
    english = translate.read_ts(project.files.ts("en"))
    assert [message.forms for message in english] == [("%n build", "%n builds")]
    ts = project.files.ts("en")
    ts.write_text(ts.read_text(encoding="utf-8").replace(">%n build<", ">One build<"), encoding="utf-8", newline="\n")
    translate.update(project.files)
    assert translate.read_ts(ts)[0].forms == ("One build", "%n builds")
    assert project.check() == []


def test_a_text_that_was_not_collected_is_named(project: Project) -> None:
    project.update()
    project.write(SOURCE + '        self.other = self.tr("Cancel")\n')
    assert project.check() == ['pgyer_desktop_zh_CN.ts: missing: Page: "Cancel"']


def test_a_text_that_is_gone_from_the_sources_is_named_and_update_drops_it(project: Project) -> None:
    project.update()
    project.write(SOURCE.replace("Builds of", "All builds of"))
    assert 'pgyer_desktop_zh_CN.ts: no longer in the sources: Page: "Builds of {app}"' in project.check()
    project.update()
    assert project.check() == []


def test_unfinished_and_empty_translations_are_named(project: Project) -> None:
    translate.update(project.files)
    problems = project.check()
    assert 'pgyer_desktop_zh_CN.ts: unfinished: Page: "Builds of {app}"' in problems
    assert 'pgyer_desktop_zh_CN.ts: empty: Page: "%n build(s)" (plural)' in problems


@pytest.mark.parametrize(
    ("wrong", "text"),
    [({"plain": "{name} 的构建"}, "{name} 的构建"), ({"plain": "构建"}, "构建"), ({"plural": "很多构建"}, "很多构建")],
)
def test_other_placeholders_than_the_source_has_are_named(project: Project, wrong: dict[str, str], text: str) -> None:
    project.update(**wrong)
    problems = project.check()
    assert len(problems) == 1
    assert f'other placeholders in "{text}"' in problems[0]


def test_a_compiled_file_that_was_not_made_from_its_source_is_named(project: Project) -> None:
    project.update()
    project.files.ts("zh_CN").with_suffix(".qm").write_bytes(b"old")
    assert project.check() == ["pgyer_desktop_zh_CN.qm is not what pgyer_desktop_zh_CN.ts compiles to"]


def test_updating_twice_changes_nothing(project: Project) -> None:
    project.update()
    before = {path.name: path.read_bytes() for path in project.files.folder.iterdir()}
    translate.update(project.files)
    assert {path.name: path.read_bytes() for path in project.files.folder.iterdir()} == before


def test_each_text_is_filed_under_its_own_context(project: Project) -> None:
    project.write(
        "class Page(QWidget):\n"
        "    def _retranslate(self):\n"
        '        first = QCoreApplication.translate("Other", "One")\n'
        """        return f"{self.tr('Two')}" if first else self.tr("Three")\n"""
    )
    project.update(plain="二")
    assert project.check() == []
    keys = [message.key for message in translate.read_ts(project.files.ts("zh_CN"))]
    assert [(key.context, key.source) for key in keys] == [("Other", "One"), ("Page", "Three"), ("Page", "Two")]


def test_what_xml_writes_otherwise_comes_back_as_it_was(project: Project) -> None:
    text = """self.tr("<b>'a' & \\"b\\"</b>", "so & so")"""
    project.write(f"class Page(QWidget):\n    def f(self):\n        return {text}\n")
    project.update(plain="<b>'啊' & \"波\"</b>".replace("&", "&amp;").replace("<", "&lt;"))
    translate.update(project.files)
    (message,) = translate.read_ts(project.files.ts("zh_CN"))
    assert (message.key.source, message.key.comment) == ("<b>'a' & \"b\"</b>", "so & so")
    assert message.forms == ("<b>'啊' & \"波\"</b>",)
    assert project.check() == []


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ("self.tr(name)", "context and text have to be literals"),
        ('self.tr(f"{name} builds")', "context and text have to be literals"),
        ('self.tr("a" if x else "b")', "context and text have to be literals"),
        ('window.tr("Two")', "only self.tr"),
        ('self.tr("%n build(s)", n=3)', "keyword arguments"),
        ('self.tr("%n build(s)")', "the count has to follow"),
        ('translate("Page", name)', "context and text have to be literals"),
        ('translate("Page", "%n build(s)", "")', "the count has to follow"),
    ],
)
def test_a_call_that_cannot_be_read_is_named(project: Project, call: str, complaint: str) -> None:
    project.write(f"class Page(QWidget):\n    def f(self):\n        return {call}\n")
    problems = project.check()
    assert any(problem.startswith("pgyer_desktop/page.py:3: ") and complaint in problem for problem in problems)


def test_a_plural_in_a_class_that_others_derive_from_is_named(project: Project) -> None:
    project.write(SOURCE + "\n\nclass Special(Page):\n    pass\n")
    assert any("other classes derive from Page" in problem for problem in project.check())


def test_translating_a_text_that_was_marked_elsewhere_is_fine(project: Project) -> None:
    project.write(SOURCE + "        QCoreApplication.translate(text.context, text.source, text.comment, 3)\n")
    project.update()
    assert project.check() == []


def test_moving_a_drawing_is_not_taken_for_a_translation(project: Project) -> None:
    project.write(SOURCE + "        painter.translate(4, 4)\n")
    project.update()
    assert project.check() == []
