"""Search finds words whatever stands around them, with or without accents, in any script.

Only what is derived from the texts is thrown away and made anew. There is no way back.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

WORDS = r"""
-- For each configuration of PostgreSQL one that takes the accents off before it looks for the stem.
DO $$
DECLARE config record;
BEGIN
  FOR config IN SELECT c.oid, c.cfgname, max(d.dictname) AS dictionary
                  FROM pg_ts_config c
                  JOIN pg_ts_config_map m ON m.mapcfg = c.oid
                  JOIN pg_ts_dict d ON d.oid = m.mapdict
                 WHERE c.cfgnamespace = 'pg_catalog'::regnamespace
                   AND m.maptokentype IN (SELECT tokid FROM ts_token_type(c.cfgparser) WHERE alias = 'word')
                 GROUP BY c.oid, c.cfgname
  LOOP
    EXECUTE format('CREATE TEXT SEARCH CONFIGURATION commonplace_%s (COPY = pg_catalog.%I)',
                   config.cfgname, config.cfgname);
    EXECUTE format('ALTER TEXT SEARCH CONFIGURATION commonplace_%s ALTER MAPPING'
                   ' FOR word, hword, hword_part WITH unaccent, %I', config.cfgname, config.dictionary);
  END LOOP;
END $$;

CREATE FUNCTION articles_folded_config(language text) RETURNS regconfig
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  -- What articles_text_config gives, without accents.
  SELECT ('commonplace_' || cfgname)::regconfig FROM pg_ts_config
   WHERE oid = articles_text_config(language)
$$;

CREATE FUNCTION articles_searchable(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  -- Letters, figures and marks stay, anything else becomes a space: PostgreSQL's parser takes
  -- “quotation marks” and dashes for letters where the database's ctype is C, and reads a
  -- hyphen, a point or a slash in its own ways. One sign for one, so that places keep their
  -- number. Then U+001F is put around each sign of a script that writes no spaces between words.
  SELECT regexp_replace(regexp_replace(words,
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf'
    '\u00d7\u00f7\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b'
    '\u061d-\u061f\u066a-\u066d\u06d4\u06dd\u0964\u0965\u0970\u0e2f\u0e3f\u0e4f\u0e5a\u0e5b'
    '\u104a-\u104f\u10fb\u1360-\u1368\u1680\u17d4-\u17db\u2000-\u200b\u200e-\u209c\u20a0-\u20cf'
    '\u2100-\u214f\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u3036\u3037\u303d-\u303f'
    '\u30a0\u30fb\ua4fe\ua4ff\ue000-\uf8ff\ufe10-\ufe1f\ufe30-\ufe6f\ufeff\uff01-\uff0f\uff1a-\uff20'
    '\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\U0001f000-\U0001faff]', ' ', 'g'),
    '([\u0e01-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17d3\u3005-\u3007\u3031-\u3035\u3038-\u303c'
    '\u3041-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48c\uac00-\ud7ff'
    '\uf900-\ufaff\uff66-\uffdf\U00020000-\U0003ffff])', E'\x1f\\1\x1f', 'g')
$$;

CREATE FUNCTION articles_joined(vectors tsvector[]) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
-- One vector of several fields, so far apart that no phrase reaches from one into the next.
DECLARE
  one tsvector;
  joined tsvector := '';
BEGIN
  FOREACH one IN ARRAY vectors LOOP
    CONTINUE WHEN one IS NULL OR one = '';
    joined := joined || '·:99' || one;
  END LOOP;
  RETURN ts_delete(joined, '·');
END $$;

CREATE FUNCTION articles_vector(language text, words text) RETURNS tsvector
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
-- The words as they are written, and where that differs also without their accents.
DECLARE
  found text := articles_searchable(words);
  vector tsvector := to_tsvector(articles_text_config(language), found);
BEGIN
  IF unaccent(found) <> found THEN
    vector := articles_joined(ARRAY[vector, to_tsvector(articles_folded_config(language), found)]);
  END IF;
  RETURN vector;
END $$;

CREATE FUNCTION articles_keep_words(words text[]) RETURNS void LANGUAGE sql AS $$
  -- In order, so that two imports at once wait for each other and not in a circle.
  INSERT INTO articles_word
    SELECT DISTINCT word FROM unnest(words) word WHERE word ~ '^[[:alpha:]]{4,40}$' ORDER BY word
    ON CONFLICT DO NOTHING
$$;

CREATE OR REPLACE FUNCTION articles_article_refresh() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  people text[] := ARRAY(SELECT p.name
                           FROM articles_authorship a JOIN articles_person p ON p.id = a.person_id
                          WHERE a.article_id = NEW.id ORDER BY a.position);
  tags text[] := ARRAY(SELECT t.name
                         FROM articles_taggedarticle tt JOIN articles_tag t ON t.id = tt.tag_id
                        WHERE tt.content_object_id = NEW.id);
  publisher text := (SELECT name FROM articles_publisher WHERE id = NEW.publisher_id);
BEGIN
  IF NEW.state <> 'draft' AND NEW.published_at IS NULL THEN
    NEW.published_at := clock_timestamp();  -- lists are ordered by it
  END IF;
  -- Names are of no language: '' has no stems and no stop words.
  NEW.metadata_vector := articles_joined(
    ARRAY[setweight(articles_vector(NEW.language, NEW.title), 'A'),
          setweight(articles_vector(NEW.language, NEW.standfirst), 'B')]
    || ARRAY(SELECT setweight(articles_vector('', name), 'B') FROM unnest(people) name)
    || ARRAY(SELECT setweight(articles_vector(NEW.language, name), 'B') FROM unnest(tags) name)
    || ARRAY[setweight(articles_vector('', coalesce(publisher, '')), 'C'),
             setweight(articles_vector('', NEW.publication), 'C')]);
  IF TG_OP = 'INSERT' OR NEW.metadata_vector IS DISTINCT FROM OLD.metadata_vector THEN
    PERFORM articles_keep_words(tsvector_to_array(to_tsvector('simple', articles_searchable(
      concat_ws(' ', NEW.title, NEW.standfirst, publisher, array_to_string(people || tags, ' '))))));
  END IF;
  IF TG_OP = 'UPDATE'
     AND to_jsonb(NEW) - 'metadata_vector' - 'changed_at'
         IS DISTINCT FROM to_jsonb(OLD) - 'metadata_vector' - 'changed_at' THEN
    NEW.changed_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION articles_index_text(revision articles_revision, language text) RETURNS void
LANGUAGE plpgsql AS $$
-- Chunks of at most 5,000 words; 20 words of overlap let a phrase lie across a border.
DECLARE
  words text[] := regexp_split_to_array(articles_searchable(revision.text), E'[ \x1f]+');
  noted text[] := '{}';
  first int := 1;
  chunk text;
  n int := 0;
BEGIN
  LOOP
    chunk := array_to_string(words[first:first + 4999], ' ');
    n := n + 1;
    INSERT INTO articles_textchunk (article_id, revision_id, number, language, vector)
      VALUES (revision.article_id, revision.id, n, language, articles_vector(language, chunk));
    noted := noted || tsvector_to_array(to_tsvector('simple', articles_searchable(chunk)));
    EXIT WHEN first + 4999 >= array_length(words, 1);
    first := first + 4980;
  END LOOP;
  PERFORM articles_keep_words(noted);
END $$;

CREATE OR REPLACE FUNCTION articles_revision_changed() RETURNS trigger LANGUAGE plpgsql AS $$
-- Only the current text is searched, in the language of its article.
BEGIN
  IF TG_OP = 'INSERT' AND NEW.superseded_at IS NULL
     OR TG_OP = 'UPDATE' AND NEW.superseded_at IS NULL AND OLD.superseded_at IS NOT NULL THEN
    PERFORM articles_index_text(NEW, (SELECT language FROM articles_article WHERE id = NEW.article_id));
  ELSIF TG_OP = 'UPDATE' AND NEW.superseded_at IS NOT NULL AND OLD.superseded_at IS NULL THEN
    DELETE FROM articles_textchunk WHERE revision_id = NEW.id;
  END IF;
  PERFORM articles_touch(ARRAY[NEW.article_id]);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION articles_language_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM articles_textchunk WHERE article_id = NEW.id;
  PERFORM articles_index_text(r, NEW.language)
    FROM articles_revision r WHERE r.article_id = NEW.id AND r.superseded_at IS NULL;
  RETURN NULL;
END $$;

DROP FUNCTION articles_index_text(bigint, text, text);
"""

ANEW = """
UPDATE articles_article SET metadata_vector = NULL;
SELECT articles_index_text(r, a.language) FROM articles_revision r JOIN articles_article a ON a.id = r.article_id
 WHERE r.superseded_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_names_of_relations")]

    operations = [
        UnaccentExtension(),
        migrations.DeleteModel("TextChunk"),
        migrations.CreateModel(
            name="TextChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("language", models.CharField(max_length=35)),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="articles.revision",
                        verbose_name="revision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["vector"], name="textchunk_search"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "number"), name="textchunk_number_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[("word", models.TextField(primary_key=True, serialize=False))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="word_trigrams", opclasses=["gin_trgm_ops"]
                    )
                ]
            },
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["language"], name="article_language"),
        ),
        migrations.RunSQL(WORDS),
        migrations.RunSQL(ANEW),
    ]
