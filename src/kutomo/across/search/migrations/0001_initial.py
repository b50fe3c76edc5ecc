"""The index. The terms' own place has no words in Django: full text on SQLite, two columns on PostgreSQL."""

from django.db import migrations, models

SQLITE = (
    "CREATE VIRTUAL TABLE search_terms USING fts5(title, body, content='', contentless_delete=1, "
    "prefix='4 6', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")",
)
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN title tsvector NOT NULL DEFAULT ''",
    "ALTER TABLE search_entry ADD COLUMN body tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX search_entry_title ON search_entry USING gin (title)",
    "CREATE INDEX search_entry_body ON search_entry USING gin (body)",
)


def build(apps, schema_editor):
    for sentence in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(sentence)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN title, DROP COLUMN body")
    else:
        schema_editor.execute("DROP TABLE search_terms")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Form',
            fields=[
                ('form', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('folded', models.CharField(db_index=True, max_length=60)),
                ('bases', models.TextField(blank=True)),
                ('parts', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['form'],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('thing', models.BigIntegerField()),
                ('digest', models.CharField(max_length=32)),
                ('filed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'thing'), name='one_entry_a_thing')],
            },
        ),
        migrations.RunPython(build, take_down),
    ]
