"""``playbook schema``: JSON Schema of the front matter, for editors."""

from pathlib import Path

import click

from outcome_playbook.cli import common

_ANY = "record.schema.json"


@click.command("schema")
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[DIR]")
@common.config_file
def command(folder: Path | None, config_file: Path | None) -> None:
    """Write JSON Schemas (2020-12) of front matter, with which an editor completes and checks it.

    Without DIR, the schema of a record of any kind is printed. With DIR, that one is written there
    as record.schema.json, and one for each kind beside it. Ids, owners and tags that are in use
    today are suggested, and no others refused: run it anew to suggest newer ones. Exits with 2 when
    it could not run.
    """
    # Here, so that help loads nothing of it.
    from outcome_playbook.diagnostics.writers import printable
    from outcome_playbook.editing import write_whole
    from outcome_playbook.playbook import read_playbook
    from outcome_playbook.project import ProjectError, find_config, read_project
    from outcome_playbook.schema import as_text, schemas

    try:
        project = read_project(config_file or find_config(Path.cwd()))
        playbook = read_playbook(project.root, project.settings, project.docs_dir)
        texts = {name: as_text(one) for name, one in schemas(playbook.registry).items()}
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in texts.items():
                write_whole(folder / name, text.encode())
    except (ProjectError, OSError, ValueError) as error:
        common.could_not_run("schema", error)
    if folder is None:
        click.echo(texts[_ANY].encode(), nl=False)  # UTF-8, whatever the terminal speaks
        return
    for name in texts:
        common.show(f"Wrote {printable(str(folder / name))}")
