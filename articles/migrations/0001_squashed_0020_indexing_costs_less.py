"""Everything of this app as it is, made in one step; 0001 to 0020 lead there one by one.

What only PostgreSQL can promise, whoever writes, is promised by triggers: search vectors,
``changed_at``, immutable texts. No generated columns, because a vector reads the article's people,
tags and publisher, and its configuration depends on the row's language.
"""

import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import taggit.managers
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

import articles.models.texts

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

CREATE FUNCTION articles_text_config(language text) RETURNS regconfig
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  -- The PostgreSQL configuration for a BCP 47 tag; 'simple' where there is none.
  SELECT coalesce(
    (SELECT oid::regconfig FROM pg_ts_config
      WHERE cfgnamespace = 'pg_catalog'::regnamespace AND cfgname =
        CASE split_part(lower(language), '-', 1)
          WHEN 'ar' THEN 'arabic'     WHEN 'hy' THEN 'armenian'  WHEN 'eu' THEN 'basque'
          WHEN 'ca' THEN 'catalan'    WHEN 'da' THEN 'danish'    WHEN 'nl' THEN 'dutch'
          WHEN 'en' THEN 'english'    WHEN 'et' THEN 'estonian'  WHEN 'fi' THEN 'finnish'
          WHEN 'fr' THEN 'french'     WHEN 'de' THEN 'german'    WHEN 'el' THEN 'greek'
          WHEN 'hi' THEN 'hindi'      WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian'
          WHEN 'ga' THEN 'irish'      WHEN 'it' THEN 'italian'   WHEN 'lt' THEN 'lithuanian'
          WHEN 'ne' THEN 'nepali'     WHEN 'no' THEN 'norwegian' WHEN 'nb' THEN 'norwegian'
          WHEN 'nn' THEN 'norwegian'  WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian'
          WHEN 'ru' THEN 'russian'    WHEN 'sr' THEN 'serbian'   WHEN 'es' THEN 'spanish'
          WHEN 'sv' THEN 'swedish'    WHEN 'ta' THEN 'tamil'     WHEN 'tr' THEN 'turkish'
          WHEN 'yi' THEN 'yiddish'    ELSE 'simple' END),
    'pg_catalog.simple'::regconfig)
$$;

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

CREATE FUNCTION articles_vector_of(language text, searchable text) RETURNS tsvector
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
-- Words that articles_searchable gave: as they are, and where that differs also without accents.
DECLARE vector tsvector := to_tsvector(articles_text_config(language), searchable);
BEGIN
  IF unaccent(searchable) <> searchable THEN
    vector := articles_joined(ARRAY[vector, to_tsvector(articles_folded_config(language), searchable)]);
  END IF;
  RETURN vector;
END $$;

CREATE FUNCTION articles_vector(language text, words text) RETURNS tsvector
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN articles_vector_of(language, articles_searchable(words));
END $$;

CREATE FUNCTION articles_keep_words(words text[]) RETURNS void LANGUAGE sql AS $$
  -- In order, so that two imports at once wait for each other and not in a circle. A count in the
  -- expression would make it slow.
  INSERT INTO articles_word
    SELECT DISTINCT word FROM unnest(words) word
     WHERE length(word) BETWEEN 4 AND 40 AND word ~ '^[[:alpha:]]+$' ORDER BY word
    ON CONFLICT DO NOTHING
$$;
"""

WORDS_BACK = r"""
DROP FUNCTION articles_text_config, articles_folded_config, articles_searchable, articles_joined,
  articles_vector_of, articles_vector, articles_keep_words CASCADE;
DO $$
DECLARE config regconfig;
BEGIN
  FOR config IN SELECT oid FROM pg_ts_config WHERE cfgname LIKE 'commonplace\_%' LOOP
    EXECUTE format('DROP TEXT SEARCH CONFIGURATION %s', config);
  END LOOP;
END $$;
"""

INDEXING = r"""
CREATE FUNCTION articles_index_text(revision articles_revision, language text)
RETURNS void LANGUAGE plpgsql AS $$
-- Chunks of at most 5,000 words; 20 words of overlap let a phrase lie across a border.
DECLARE
  words text[] := regexp_split_to_array(articles_searchable(revision.text), E'[ \x1f]+');
  first int := 1;
  chunk text;
  n int := 0;
BEGIN
  LOOP
    chunk := array_to_string(words[first:first + 4999], ' ');
    n := n + 1;
    INSERT INTO articles_textchunk (article_id, revision_id, number, language, vector)
      VALUES (revision.article_id, revision.id, n, language, articles_vector_of(language, chunk));
    EXIT WHEN first + 4999 >= array_length(words, 1);
    first := first + 4980;
  END LOOP;
  PERFORM articles_keep_words(ARRAY(SELECT DISTINCT lower(word) FROM unnest(words) word));
END $$;

CREATE FUNCTION articles_touch(ids bigint[]) RETURNS void LANGUAGE sql AS $$
  -- Without a vector it is made anew.
  UPDATE articles_article SET changed_at = clock_timestamp(), metadata_vector = NULL
   WHERE id = ANY(ids)
$$;

CREATE FUNCTION articles_article_refresh() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  people text[];
  tags text[];
  publisher text;
BEGIN
  IF NEW.state NOT IN ('draft', 'merged') AND NEW.published_at IS NULL THEN
    NEW.published_at := clock_timestamp();  -- lists are ordered by it
  END IF;
  IF TG_OP = 'INSERT' OR NEW.metadata_vector IS NULL
     OR (NEW.metadata_vector, NEW.title, NEW.standfirst, NEW.language, NEW.publication,
         NEW.publisher_id)
        IS DISTINCT FROM
        (OLD.metadata_vector, OLD.title, OLD.standfirst, OLD.language, OLD.publication,
         OLD.publisher_id) THEN
    people := ARRAY(SELECT p.name
                      FROM articles_authorship a JOIN articles_person p ON p.id = a.person_id
                     WHERE a.article_id = NEW.id ORDER BY a.position);
    tags := ARRAY(SELECT t.name
                    FROM articles_taggedarticle tt JOIN articles_tag t ON t.id = tt.tag_id
                   WHERE tt.content_object_id = NEW.id);
    publisher := (SELECT name FROM articles_publisher WHERE id = NEW.publisher_id);
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
        concat_ws(' ', NEW.title, NEW.standfirst, publisher,
                  array_to_string(people || tags, ' '))))));
    END IF;
  END IF;
  IF TG_OP = 'UPDATE'
     AND to_jsonb(NEW) - 'metadata_vector' - 'changed_at'
         IS DISTINCT FROM to_jsonb(OLD) - 'metadata_vector' - 'changed_at' THEN
    NEW.changed_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER article_refresh BEFORE INSERT OR UPDATE ON articles_article
  FOR EACH ROW EXECUTE FUNCTION articles_article_refresh();

CREATE FUNCTION articles_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
-- One article's people, tags or revisions changed; TG_ARGV[0] names the column that says whose.
DECLARE ids bigint[];
BEGIN
  IF TG_OP <> 'INSERT' THEN ids := ids || (to_jsonb(OLD) ->> TG_ARGV[0])::bigint; END IF;
  IF TG_OP <> 'DELETE' THEN ids := ids || (to_jsonb(NEW) ->> TG_ARGV[0])::bigint; END IF;
  PERFORM articles_touch(ids);
  RETURN NULL;
END $$;

CREATE FUNCTION articles_parts_added() RETURNS trigger LANGUAGE plpgsql AS $$
-- People or tags were added in one statement; TG_ARGV[0] names the column that says to what.
DECLARE ids bigint[];
BEGIN
  EXECUTE format('SELECT array_agg(DISTINCT %I) FROM added', TG_ARGV[0]) INTO ids;
  PERFORM articles_touch(ids);
  RETURN NULL;
END $$;
CREATE TRIGGER authorship_added AFTER INSERT ON articles_authorship
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION articles_parts_added('article_id');
CREATE TRIGGER authorship_changed AFTER UPDATE OR DELETE ON articles_authorship
  FOR EACH ROW EXECUTE FUNCTION articles_part_changed('article_id');
CREATE TRIGGER taggedarticle_added AFTER INSERT ON articles_taggedarticle
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION articles_parts_added('content_object_id');
CREATE TRIGGER taggedarticle_changed AFTER UPDATE OR DELETE ON articles_taggedarticle
  FOR EACH ROW EXECUTE FUNCTION articles_part_changed('content_object_id');
CREATE TRIGGER appearance_changed AFTER INSERT OR UPDATE OR DELETE ON articles_appearance
  FOR EACH ROW EXECUTE FUNCTION articles_part_changed('article_id');

CREATE FUNCTION articles_name_changed() RETURNS trigger LANGUAGE plpgsql AS $$
-- A publisher, person or tag was renamed: every article that bears the name is indexed again.
BEGIN
  IF TG_TABLE_NAME = 'articles_publisher' THEN
    PERFORM articles_touch(ARRAY(SELECT id FROM articles_article WHERE publisher_id = NEW.id));
  ELSIF TG_TABLE_NAME = 'articles_person' THEN
    PERFORM articles_touch(ARRAY(SELECT article_id FROM articles_authorship WHERE person_id = NEW.id));
  ELSE
    PERFORM articles_touch(ARRAY(SELECT content_object_id FROM articles_taggedarticle WHERE tag_id = NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER publisher_renamed AFTER UPDATE OF name ON articles_publisher
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION articles_name_changed();
CREATE TRIGGER person_renamed AFTER UPDATE OF name ON articles_person
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION articles_name_changed();
CREATE TRIGGER tag_renamed AFTER UPDATE OF name ON articles_tag
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION articles_name_changed();

CREATE FUNCTION articles_revision_changed() RETURNS trigger LANGUAGE plpgsql AS $$
-- Only the current text is searched, in the language of its article.
BEGIN
  IF TG_OP = 'INSERT' AND NEW.superseded_at IS NULL
     OR TG_OP = 'UPDATE' AND NEW.superseded_at IS NULL AND OLD.superseded_at IS NOT NULL THEN
    PERFORM articles_index_text(NEW, (SELECT language FROM articles_article WHERE id = NEW.article_id));
  ELSIF TG_OP = 'UPDATE' AND NEW.superseded_at IS NOT NULL AND OLD.superseded_at IS NULL THEN
    DELETE FROM articles_textchunk WHERE revision_id = NEW.id;
  END IF;
  UPDATE articles_article SET changed_at = clock_timestamp() WHERE id = NEW.article_id;
  RETURN NULL;
END $$;
CREATE TRIGGER revision_changed AFTER INSERT OR UPDATE ON articles_revision
  FOR EACH ROW EXECUTE FUNCTION articles_revision_changed();

CREATE FUNCTION articles_revision_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
-- What was removed is found no more.
BEGIN
  DELETE FROM articles_textchunk WHERE revision_id = NEW.id;
  IF NEW.superseded_at IS NULL THEN
    PERFORM articles_index_text(NEW, (SELECT language FROM articles_article WHERE id = NEW.article_id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER revision_redacted AFTER UPDATE OF text ON articles_revision
  FOR EACH ROW WHEN (OLD.text <> NEW.text) EXECUTE FUNCTION articles_revision_redacted();

CREATE FUNCTION articles_language_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM articles_textchunk WHERE article_id = NEW.id;
  PERFORM articles_index_text(r, NEW.language)
    FROM articles_revision r WHERE r.article_id = NEW.id AND r.superseded_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER article_language_changed AFTER UPDATE OF language ON articles_article
  FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language)
  EXECUTE FUNCTION articles_language_changed();

CREATE FUNCTION articles_sketch_owed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.superseded_at IS NOT NULL THEN
    DELETE FROM articles_sketch WHERE revision_id = NEW.id;
  ELSE
    INSERT INTO articles_sketch (revision_id) VALUES (NEW.id)
      ON CONFLICT (revision_id) DO UPDATE SET bands = NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER revision_owes_sketch AFTER INSERT OR UPDATE OF text, superseded_at
  ON articles_revision FOR EACH ROW EXECUTE FUNCTION articles_sketch_owed();
"""

INDEXING_BACK = """
DROP FUNCTION articles_index_text, articles_touch, articles_article_refresh,
  articles_part_changed, articles_parts_added, articles_name_changed, articles_revision_changed,
  articles_revision_redacted, articles_language_changed, articles_sketch_owed CASCADE;
"""

INVARIANTS = r"""
CREATE FUNCTION articles_blacked_out(was text, becomes text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT length(was) = length(becomes) AND NOT EXISTS (
    SELECT FROM unnest(string_to_array(was, NULL), string_to_array(becomes, NULL)) AS sign(was, becomes)
     WHERE sign.was IS DISTINCT FROM sign.becomes AND sign.becomes <> U&'\2588')
$$;

CREATE FUNCTION articles_revision_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := to_jsonb(OLD) - 'superseded_at' - 'made_by_id';
  after jsonb := to_jsonb(NEW) - 'superseded_at' - 'made_by_id';
BEGIN
  -- A closed account may vanish from the record (made_by), the text and its numbers may not change,
  -- except that words are removed from it, or put back, of what lies under seal.
  IF before IS DISTINCT FROM after
     AND (before - '{html,text,sha256,metadata}'::text[]
            IS DISTINCT FROM after - '{html,text,sha256,metadata}'::text[]
          OR NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex')
          OR NOT EXISTS (SELECT FROM articles_sealedtext s
                          WHERE s.revision_id = NEW.id AND articles_blacked_out(s.text, NEW.text))) THEN
    RAISE EXCEPTION 'revision % of article % is immutable', OLD.number, OLD.article_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_immutable';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revision_immutable BEFORE UPDATE ON articles_revision
  FOR EACH ROW EXECUTE FUNCTION articles_revision_immutable();

CREATE FUNCTION articles_sealed_text_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.text <> (SELECT text FROM articles_revision WHERE id = NEW.revision_id)
     OR TG_OP = 'UPDATE' AND NOT articles_blacked_out(OLD.text, NEW.text) THEN
    RAISE EXCEPTION 'the sealed text of revision % is what it was', NEW.revision_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'sealedtext_is_the_original';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sealedtext_check BEFORE INSERT OR UPDATE ON articles_sealedtext
  FOR EACH ROW EXECUTE FUNCTION articles_sealed_text_check();

CREATE FUNCTION articles_article_needs_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE article bigint := CASE WHEN TG_TABLE_NAME = 'articles_article'
                               THEN (to_jsonb(NEW) ->> 'id')::bigint
                               ELSE (to_jsonb(OLD) ->> 'article_id')::bigint END;
BEGIN
  IF EXISTS (SELECT FROM articles_article WHERE id = article AND state NOT IN ('draft', 'merged'))
     AND NOT EXISTS (SELECT FROM articles_revision WHERE article_id = article AND superseded_at IS NULL) THEN
    RAISE EXCEPTION 'article % is published without a text', article
      USING ERRCODE = 'check_violation', CONSTRAINT = 'article_published_has_revision';
  END IF;
  RETURN NULL;
END $$;

-- Deferred: an import writes the article first and its text a moment later.
CREATE CONSTRAINT TRIGGER article_published_has_revision
  AFTER INSERT OR UPDATE OF state ON articles_article DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION articles_article_needs_text();
CREATE CONSTRAINT TRIGGER article_keeps_its_revision
  AFTER DELETE OR UPDATE OF superseded_at ON articles_revision DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION articles_article_needs_text();

CREATE FUNCTION articles_article_public_from() RETURNS trigger LANGUAGE plpgsql AS $$
-- Fires before article_refresh, which sets the time of publication.
BEGIN
  IF NEW.state NOT IN ('draft', 'merged') AND NEW.published_at IS NULL THEN
    NEW.public_from := coalesce(
      (SELECT number FROM articles_revision
        WHERE article_id = NEW.id AND superseded_at IS NULL), NEW.public_from);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER article_public_from BEFORE UPDATE ON articles_article
  FOR EACH ROW EXECUTE FUNCTION articles_article_public_from();
"""

INVARIANTS_BACK = """
DROP FUNCTION articles_blacked_out, articles_revision_immutable, articles_sealed_text_check,
  articles_article_needs_text, articles_article_public_from CASCADE;
"""

ADDRESSES = r"""
CREATE FUNCTION articles_former_address() RETURNS trigger LANGUAGE plpgsql AS $$
-- After the row, not before: then the unique indexes have made rivals wait for each other.
-- TG_ARGV[0] is the table in which the address may not stand as well.
DECLARE taken boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE slug = $1)', TG_ARGV[0])
    INTO taken USING NEW.slug;
  IF taken THEN
    RAISE EXCEPTION 'the address % of % stands in % too', NEW.slug, TG_TABLE_NAME, TG_ARGV[0]
      USING ERRCODE = 'check_violation', CONSTRAINT = 'former_address_leads_to_one';
  END IF;
  RETURN NULL;
END $$;
"""

TRIGGERS = "".join(
    f"""
CREATE TRIGGER {name}_address_is_not_a_former_one AFTER INSERT OR UPDATE OF slug
  ON articles_{name} FOR EACH ROW EXECUTE FUNCTION articles_former_address('articles_{name}alias');
CREATE TRIGGER {name}alias_address_is_not_a_present_one AFTER INSERT OR UPDATE OF slug
  ON articles_{name}alias FOR EACH ROW WHEN (NEW.slug IS NOT NULL)
  EXECUTE FUNCTION articles_former_address('articles_{name}');
"""
    for name in ("tag", "publisher", "person")
)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("articles", "0001_initial"),
        ("articles", "0002_search_and_invariants"),
        ("articles", "0003_former_names"),
        ("articles", "0004_former_addresses"),
        ("articles", "0005_names_of_relations"),
        ("articles", "0006_search_by_words"),
        ("articles", "0007_metadata_history"),
        ("articles", "0008_public_history"),
        ("articles", "0009_orders_of_articles"),
        ("articles", "0010_redactions"),
        ("articles", "0011_redacting"),
        ("articles", "0012_import_sources"),
        ("articles", "0013_titles_alike"),
        ("articles", "0014_capture_condition"),
        ("articles", "0015_what_links_answered"),
        ("articles", "0016_sheets_and_acts"),
        ("articles", "0017_nearly_the_same"),
        ("articles", "0018_sketches_of_texts"),
        ("articles", "0019_merged_articles"),
        ("articles", "0020_indexing_costs_less"),
    ]
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        # For search: trusted extensions, so the database's owner may add them.
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True, max_length=100, unique=True, verbose_name="slug"
                    ),
                ),
                (
                    "definition",
                    models.TextField(
                        blank=True,
                        help_text="Shown to readers who choose or follow the tag",
                        verbose_name="definition",
                    ),
                ),
                (
                    "curated",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="An editor made, defined or merged it",
                        verbose_name="in the editors’ list",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": [django.db.models.functions.text.Lower("name")],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="tag_name_unique_whatever_the_case",
                        violation_error_message="This tag exists already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TagEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="kept",
                        to="articles.tag",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=100, verbose_name="name")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Publisher",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True, max_length=120, unique=True, verbose_name="slug"
                    ),
                ),
                ("url", models.URLField(blank=True, verbose_name="web site")),
            ],
            options={
                "verbose_name": "publisher",
                "verbose_name_plural": "publishers",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="publisher_name_unique_whatever_the_case",
                        violation_error_message="This publisher exists already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublisherEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="kept",
                        to="articles.publisher",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=300, verbose_name="name")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=300, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True, max_length=120, unique=True, verbose_name="slug"
                    ),
                ),
                (
                    "orcid",
                    models.CharField(
                        blank=True,
                        help_text="0000-0002-1825-0097",
                        max_length=19,
                        null=True,
                        unique=True,
                        verbose_name="ORCID",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("orcid__isnull", True),
                            ("orcid__regex", "^\\d{4}-\\d{4}-\\d{4}-\\d{3}[\\dX]$"),
                            _connector="OR",
                        ),
                        name="person_orcid_form",
                        violation_error_message="An ORCID looks like 0000-0002-1825-0097.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="kept",
                        to="articles.person",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=300, verbose_name="name")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TagAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="former name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        max_length=120,
                        null=True,
                        unique=True,
                        verbose_name="former address",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="articles.tag",
                        verbose_name="tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "former name",
                "verbose_name_plural": "former names",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            ("slug__isnull", False),
                            _connector="OR",
                        ),
                        name="tagalias_says_something",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("name", ""), _negated=True),
                        name="tagalias_name_leads_to_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublisherAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="former name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        max_length=120,
                        null=True,
                        unique=True,
                        verbose_name="former address",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="articles.publisher",
                        verbose_name="publisher",
                    ),
                ),
            ],
            options={
                "verbose_name": "former name",
                "verbose_name_plural": "former names",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            ("slug__isnull", False),
                            _connector="OR",
                        ),
                        name="publisheralias_says_something",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("name", ""), _negated=True),
                        name="publisheralias_name_leads_to_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="former name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True,
                        max_length=120,
                        null=True,
                        unique=True,
                        verbose_name="former address",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="articles.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "former name",
                "verbose_name_plural": "former names",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            ("slug__isnull", False),
                            _connector="OR",
                        ),
                        name="personalias_says_something",
                    )
                ],
                "indexes": [
                    models.Index(
                        django.db.models.functions.text.Lower("name"), name="personalias_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="bytes")),
                ("media_type", models.CharField(max_length=100, verbose_name="media type")),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        upload_to=articles.models.texts.capture_path,
                        verbose_name="file",
                    ),
                ),
                (
                    "file_name",
                    models.CharField(blank=True, max_length=500, verbose_name="file name"),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=2000, verbose_name="source address"),
                ),
                (
                    "captured_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="captured"
                    ),
                ),
                ("importer", models.CharField(max_length=60, verbose_name="importer")),
                (
                    "importer_version",
                    models.CharField(max_length=40, verbose_name="importer version"),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("unchecked", "Not checked yet"),
                            ("sound", "Sound"),
                            ("missing", "Missing"),
                            ("altered", "Altered"),
                            ("misstated", "Of another size than recorded"),
                            ("unreadable", "Not readable"),
                            ("erased", "Erased for legal reasons"),
                        ],
                        default="unchecked",
                        max_length=10,
                        verbose_name="condition",
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last found sound"),
                ),
            ],
            options={
                "verbose_name": "capture",
                "verbose_name_plural": "captures",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sha256", "source_url", "file_name"), name="capture_once_per_origin"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="capture_sha256_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "condition__in",
                                [
                                    "unchecked",
                                    "sound",
                                    "missing",
                                    "altered",
                                    "misstated",
                                    "unreadable",
                                    "erased",
                                ],
                            )
                        ),
                        name="capture_condition_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("condition", "sound"), _negated=True),
                            ("checked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="capture_sound_at_some_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="word_trigrams", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="started"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="label")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Being read"),
                            ("paused", "Paused"),
                            ("done", "Read"),
                            ("undone", "Undone"),
                        ],
                        default="done",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                (
                    "arrival",
                    models.CharField(
                        choices=[
                            ("look", "wait for a look"),
                            ("draft", "become drafts where nothing is in doubt"),
                            ("publish", "are published where nothing is in doubt"),
                        ],
                        default="look",
                        max_length=7,
                        verbose_name="documents",
                    ),
                ),
                (
                    "split_chapters",
                    models.BooleanField(
                        default=False, verbose_name="each chapter of a book is an article"
                    ),
                ),
                ("defaults", models.JSONField(blank=True, default=dict, verbose_name="defaults")),
                (
                    "sheet",
                    models.JSONField(blank=True, default=dict, verbose_name="metadata sheet"),
                ),
                (
                    "sheet_report",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="about the metadata sheet"
                    ),
                ),
                (
                    "handed",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="told to other readers"
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "paused", "done", "undone"])),
                        name="importbatch_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("arrival__in", ["look", "draft", "publish"])),
                        name="importbatch_arrival_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), ("undone_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "undone"), _negated=True),
                                ("undone_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="importbatch_undone_at_some_time",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["state"],
                        name="importbatch_running",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="articles.importbatch",
                        verbose_name="import",
                    ),
                ),
                ("name", models.CharField(max_length=500, verbose_name="name")),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="address")),
                (
                    "capture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.capture",
                        verbose_name="capture",
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.capture",
                        verbose_name="exchange with the server",
                    ),
                ),
                (
                    "answer",
                    models.JSONField(blank=True, editable=False, null=True, verbose_name="answer"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("working", "Being read"),
                            ("read", "Read"),
                            ("failed", "Could not be read"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "expected",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="documents"),
                ),
            ],
            options={
                "verbose_name": "file or link",
                "verbose_name_plural": "files and links",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "working", "read", "failed"])),
                        name="importsource_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("url", ""), _negated=True),
                            ("capture__isnull", False),
                            ("state", "read"),
                            _connector="OR",
                        ),
                        name="importsource_is_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="importsource_failed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__isnull", True), ("exchange__isnull", True)),
                            models.Q(
                                ("answer__isnull", False),
                                ("capture__isnull", False),
                                ("exchange__isnull", False),
                                models.Q(("url", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="importsource_answer_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acts",
                        to="articles.importbatch",
                        verbose_name="import",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("edit", "Change"),
                            ("check", "Mark as checked"),
                            ("publish", "Publish"),
                            ("draft", "Save as drafts"),
                            ("refuse", "Refuse"),
                        ],
                        max_length=7,
                        verbose_name="act",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="started"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Being done"), ("done", "Done")],
                        default="running",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("values", models.JSONField(default=dict, verbose_name="values")),
                ("items", models.JSONField(default=list, verbose_name="items")),
                ("total", models.PositiveIntegerField(verbose_name="all")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
            ],
            options={
                "verbose_name": "act on an import",
                "verbose_name_plural": "acts on imports",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["edit", "check", "publish", "draft", "refuse"])
                        ),
                        name="importact_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["running", "done"])),
                        name="importact_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))),
                        name="importact_done_of_total",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("batch",),
                        name="importact_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True, max_length=120, unique=True, verbose_name="slug"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                            ("merged", "Merged into another"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("commentary", "Commentary"),
                            ("essay", "Essay"),
                            ("interview", "Interview"),
                            ("report", "Report"),
                            ("speech", "Speech"),
                        ],
                        default="article",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en",
                        help_text="BCP 47, such as en or zh-Hant",
                        max_length=35,
                        verbose_name="language",
                    ),
                ),
                ("title", models.TextField(verbose_name="title")),
                ("standfirst", models.TextField(blank=True, verbose_name="standfirst")),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="articles.publisher",
                        verbose_name="publisher",
                    ),
                ),
                (
                    "publication",
                    models.TextField(
                        blank=True,
                        help_text="The paper, series or volume it stood in",
                        verbose_name="publication",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="For a month or a year, its first day",
                        null=True,
                        verbose_name="date",
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("none", "No date is known"),
                        ],
                        default="none",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "period",
                    models.TextField(
                        blank=True, help_text="Where no date is known", verbose_name="period"
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=2000, verbose_name="source address"),
                ),
                (
                    "rights",
                    models.TextField(
                        blank=True,
                        help_text="Shown in full, and copied with every quote",
                        verbose_name="rights",
                    ),
                ),
                (
                    "withdrawn_reason",
                    models.TextField(blank=True, verbose_name="reason for withdrawal"),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="articles.article",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "merged_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="merged"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="added"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="published here"
                    ),
                ),
                (
                    "public_from",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="Readers see no revision before it, nor what was corrected before publication",
                        verbose_name="public history begins with revision",
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="changed"
                    ),
                ),
                (
                    "metadata_vector",
                    django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "published", "withdrawn", "merged"])
                        ),
                        name="article_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["article", "commentary", "essay", "interview", "report", "speech"],
                            )
                        ),
                        name="article_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_precision", "none"), ("published_on__isnull", True)),
                            models.Q(("date_precision", "day"), ("published_on__isnull", False)),
                            models.Q(
                                ("date_precision", "month"),
                                ("published_on__day", 1),
                                ("published_on__isnull", False),
                            ),
                            models.Q(
                                ("date_precision", "year"),
                                ("published_on__day", 1),
                                ("published_on__isnull", False),
                                ("published_on__month", 1),
                            ),
                            _connector="OR",
                        ),
                        name="article_date_as_precise_as_known",
                        violation_error_message="Date and precision disagree: a month is its first day, a year its 1 January, and without a date the precision is “No date is known”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(("withdrawn_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="article_withdrawn_with_reason",
                        violation_error_message="Say why the article is withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="article_has_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "merged"]),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="article_published_at_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("merged_at__isnull", False),
                                ("merged_into__isnull", False),
                                ("state", "merged"),
                            ),
                            models.Q(
                                models.Q(("state", "merged"), _negated=True),
                                ("merged_at__isnull", True),
                                ("merged_into__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="article_merged_into_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="article_not_merged_into_itself",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["metadata_vector"], name="article_metadata_search"
                    ),
                    models.Index(fields=["published_on"], name="article_date"),
                    models.Index(
                        models.OrderBy(
                            django.db.models.functions.comparison.Coalesce(
                                "published_at", "created_at"
                            ),
                            descending=True,
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        name="article_newest",
                    ),
                    models.Index(
                        models.OrderBy(
                            django.db.models.functions.comparison.Coalesce(
                                "published_on",
                                models.Value(datetime.date(1, 1, 1), models.DateField()),
                            ),
                            descending=True,
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        name="article_latest",
                    ),
                    models.Index(
                        django.db.models.functions.comparison.Coalesce(
                            "published_on",
                            models.Value(datetime.date(9999, 12, 31), models.DateField()),
                        ),
                        models.F("id"),
                        name="article_earliest",
                    ),
                    models.Index(
                        django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Left("title", 200)
                        ),
                        models.F("id"),
                        name="article_title",
                    ),
                    models.Index(
                        django.db.models.functions.text.Left(
                            django.db.models.functions.text.Lower(
                                models.Func(
                                    models.Func(
                                        "title",
                                        models.Value("(:[ \xa0]|：|[?!] |[ \xa0][-–—][ \xa0]).*$"),
                                        models.Value(""),
                                        function="regexp_replace",
                                    ),
                                    models.Value(
                                        " \t\r\n\xa0\u2009\u202f\u3000!\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~¡«´·»¿‐‑‒–—―‘’‚“”„…′″‹›−،؛؟、。《》「」・！（），：；？"
                                    ),
                                    models.Value(""),
                                    function="translate",
                                    output_field=models.TextField(),
                                )
                            ),
                            200,
                        ),
                        name="article_title_key",
                    ),
                    models.Index(fields=["language"], name="article_language"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="kept",
                        to="articles.article",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("title", models.TextField(verbose_name="title")),
                ("standfirst", models.TextField(blank=True, verbose_name="standfirst")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("commentary", "Commentary"),
                            ("essay", "Essay"),
                            ("interview", "Interview"),
                            ("report", "Report"),
                            ("speech", "Speech"),
                        ],
                        default="article",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="en",
                        help_text="BCP 47, such as en or zh-Hant",
                        max_length=35,
                        verbose_name="language",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.publisher",
                        verbose_name="publisher",
                    ),
                ),
                (
                    "publication",
                    models.TextField(
                        blank=True,
                        help_text="The paper, series or volume it stood in",
                        verbose_name="publication",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="For a month or a year, its first day",
                        null=True,
                        verbose_name="date",
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("none", "No date is known"),
                        ],
                        default="none",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "period",
                    models.TextField(
                        blank=True, help_text="Where no date is known", verbose_name="period"
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=2000, verbose_name="source address"),
                ),
                (
                    "rights",
                    models.TextField(
                        blank=True,
                        help_text="Shown in full, and copied with every quote",
                        verbose_name="rights",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Authorship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authorships",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorships",
                        to="articles.person",
                        verbose_name="person",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("author", "Author"),
                            ("editor", "Editor"),
                            ("translator", "Translator"),
                            ("interviewer", "Interviewer"),
                        ],
                        default="author",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("article", "position"),
                        name="authorship_position_unique",
                    ),
                    models.UniqueConstraint(
                        fields=("article", "person", "role"), name="authorship_person_once_per_role"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["author", "editor", "translator", "interviewer"])
                        ),
                        name="authorship_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorshipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="kept",
                        to="articles.authorship",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.person",
                        verbose_name="person",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("author", "Author"),
                            ("editor", "Editor"),
                            ("translator", "Translator"),
                            ("interviewer", "Interviewer"),
                        ],
                        default="author",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TaggedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="articles.article"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged_articles",
                        to="articles.tag",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_object", "tag"), name="taggedarticle_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaggedArticleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="kept",
                        to="articles.taggedarticle",
                    ),
                ),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.article",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.tag",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("scheme", models.CharField(max_length=40, verbose_name="scheme")),
                ("value", models.CharField(max_length=500, verbose_name="value")),
            ],
            options={
                "verbose_name": "identifier",
                "verbose_name_plural": "identifiers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheme", "value"), name="identifier_names_one_article"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UrlAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="url_aliases",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("url", models.URLField(max_length=2000, unique=True, verbose_name="address")),
            ],
            options={
                "verbose_name": "web address",
                "verbose_name_plural": "web addresses",
            },
        ),
        migrations.CreateModel(
            name="ArticleSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_slugs",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True, max_length=120, unique=True, verbose_name="slug"
                    ),
                ),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
        migrations.CreateModel(
            name="FieldOrigin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_origins",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("field", models.CharField(max_length=30, verbose_name="field")),
                (
                    "sureness",
                    models.CharField(
                        choices=[
                            ("stated", "Stated"),
                            ("likely", "Likely"),
                            ("guess", "Guess, please check"),
                        ],
                        max_length=6,
                        verbose_name="sureness",
                    ),
                ),
                ("where", models.CharField(blank=True, max_length=200, verbose_name="found in")),
                (
                    "locked",
                    models.BooleanField(
                        default=False,
                        help_text="An import proposes, but never overwrites",
                        verbose_name="protected",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="protected by",
                    ),
                ),
            ],
            options={
                "verbose_name": "origin of a field",
                "verbose_name_plural": "origins of fields",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "field"), name="fieldorigin_once_per_field"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sureness__in", ["stated", "likely", "guess"])),
                        name="fieldorigin_sureness_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("html", models.TextField(verbose_name="body")),
                ("text", models.TextField(verbose_name="canonical text")),
                (
                    "sha256",
                    models.CharField(
                        db_index=True, max_length=64, verbose_name="SHA-256 of the text"
                    ),
                ),
                ("metadata", models.JSONField(default=dict, verbose_name="metadata as published")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="made"),
                ),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="superseded"),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="articles.capture",
                        verbose_name="capture",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "number"), name="revision_number_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("article",),
                        name="revision_one_current_per_article",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="revision_numbered_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="revision_has_text"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TextChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                ("number", models.PositiveIntegerField()),
                ("language", models.CharField(max_length=35)),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "number"), name="textchunk_number_unique"
                    )
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["vector"], name="textchunk_search"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="articles.importbatch",
                        verbose_name="import",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="articles.importsource",
                        verbose_name="file or link",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("within", models.PositiveIntegerField(default=0, verbose_name="position within")),
                ("name", models.CharField(max_length=500, verbose_name="name")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for a look"),
                            ("new", "New"),
                            ("updated", "Updated"),
                            ("unchanged", "Unchanged"),
                            ("duplicate", "Duplicate"),
                            ("refused", "Refused"),
                        ],
                        db_index=True,
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="import_items",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.revision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_items",
                        to="articles.capture",
                        verbose_name="capture",
                    ),
                ),
                (
                    "nearly",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.article",
                        verbose_name="nearly the text of",
                    ),
                ),
                (
                    "nearly_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.importitem",
                        verbose_name="nearly the text of the document",
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        blank=True,
                        choices=[("same", "It is that article"), ("own", "An article of its own")],
                        default="",
                        max_length=4,
                        verbose_name="said of that",
                    ),
                ),
                (
                    "document",
                    models.JSONField(
                        blank=True, editable=False, null=True, verbose_name="document"
                    ),
                ),
                (
                    "heading",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.fields.json.KeyTextTransform(
                            "title",
                            django.db.models.fields.json.KeyTextTransform("document", "document"),
                        ),
                        output_field=models.TextField(null=True),
                        verbose_name="title",
                    ),
                ),
                (
                    "doubts",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.fields.json.KeyTransform("doubts", "document"),
                        output_field=models.JSONField(null=True),
                        verbose_name="fields in doubt",
                    ),
                ),
                (
                    "before",
                    models.JSONField(blank=True, editable=False, null=True, verbose_name="before"),
                ),
            ],
            options={
                "verbose_name": "imported item",
                "verbose_name_plural": "imported items",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                ["pending", "new", "updated", "unchanged", "duplicate", "refused"],
                            )
                        ),
                        name="importitem_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="importitem_refused_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source__isnull", False)),
                        fields=("source", "position", "within"),
                        name="importitem_once_per_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("standing__in", ["", "same", "own"])),
                        name="importitem_standing_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sketch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sketch",
                        to="articles.revision",
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sketch",
                        to="articles.importitem",
                    ),
                ),
                (
                    "bands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), null=True, size=None
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item__isnull", True), ("revision__isnull", False)),
                            models.Q(("item__isnull", False), ("revision__isnull", True)),
                            _connector="OR",
                        ),
                        name="sketch_of_one_text",
                    )
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["bands"], name="sketch_bands"
                    ),
                    models.Index(
                        condition=models.Q(("bands", None)), fields=["id"], name="sketch_owed"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlikePair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                        verbose_name="other article",
                    ),
                ),
                ("share", models.PositiveSmallIntegerField(verbose_name="percent in common")),
                (
                    "found_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="found"),
                ),
                (
                    "apart_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="kept apart"),
                ),
                (
                    "apart_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kept apart by",
                    ),
                ),
            ],
            options={
                "verbose_name": "pair of articles that are alike",
                "verbose_name_plural": "pairs of articles that are alike",
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="alikepair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="alikepair_older_article_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__range", (0, 100))), name="alikepair_percent"
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("apart_at", None)),
                        fields=["-share", "-id"],
                        name="alikepair_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appearance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appearances",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appearances",
                        to="articles.publisher",
                        verbose_name="publisher",
                    ),
                ),
                ("publication", models.TextField(blank=True, verbose_name="publication")),
                ("title", models.TextField(blank=True, verbose_name="title there")),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="address")),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="For a month or a year, its first day",
                        null=True,
                        verbose_name="date",
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("none", "No date is known"),
                        ],
                        default="none",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appearances",
                        to="articles.capture",
                        verbose_name="capture",
                    ),
                ),
            ],
            options={
                "verbose_name": "further place of publication",
                "verbose_name_plural": "further places of publication",
                "ordering": ["published_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("url", ""), _negated=True),
                        fields=("url",),
                        name="appearance_address_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("publisher__isnull", False),
                            models.Q(("publication", ""), _negated=True),
                            models.Q(("url", ""), _negated=True),
                            models.Q(("title", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="appearance_says_where",
                        violation_error_message="Say where: publisher, publication, address or title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_precision", "none"), ("published_on__isnull", True)),
                            models.Q(("date_precision", "day"), ("published_on__isnull", False)),
                            models.Q(
                                ("date_precision", "month"),
                                ("published_on__day", 1),
                                ("published_on__isnull", False),
                            ),
                            models.Q(
                                ("date_precision", "year"),
                                ("published_on__day", 1),
                                ("published_on__isnull", False),
                                ("published_on__month", 1),
                            ),
                            _connector="OR",
                        ),
                        name="appearance_date_as_precise_as_known",
                        violation_error_message="Date and precision disagree: a month is its first day, a year its 1 January, and without a date the precision is “No date is known”.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redactions",
                        to="articles.revision",
                        verbose_name="revision",
                    ),
                ),
                ("spans", models.JSONField(editable=False, verbose_name="places")),
                ("whole", models.BooleanField(default=False, verbose_name="all of it")),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made"
                    ),
                ),
                (
                    "lifted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                ),
                (
                    "erased_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="erased for good"),
                ),
            ],
            options={
                "verbose_name": "redaction",
                "verbose_name_plural": "redactions",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="redaction_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_at__isnull", True),
                            ("erased_at__isnull", True),
                            _connector="OR",
                        ),
                        name="redaction_erased_is_never_lifted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sealed",
                        to="articles.revision",
                    ),
                ),
                ("html", models.TextField()),
                ("text", models.TextField()),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("metadata", models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(
            model_name="article",
            name="people",
            field=models.ManyToManyField(
                related_name="articles", through="articles.Authorship", to="articles.person"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="articles.TaggedArticle",
                to="articles.Tag",
                verbose_name="tags",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_personevent" ("name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="25bbaae448f316d0a4623d695a20829177a2c619",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_66b3f",
                    table="articles_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publisher",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_publisherevent" ("name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="fe5cd11b22325915e64dbb5995a9fe0bcf2f6047",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_18484",
                    table="articles_publisher",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tag",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_tagevent" ("name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="bf4af71897b7c47ded329cb548d9c969603f3b1a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ae38d",
                    table="articles_tag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorship",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_authorshipevent" ("article_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role") VALUES (NEW."article_id", NEW."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."role"); RETURN NULL;',
                    hash="ac96e7f49e8978ba74ff87f9c344a6686f027285",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0ff7e",
                    table="articles_authorship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorship",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."role" IS DISTINCT FROM (NEW."role"))',
                    func='INSERT INTO "articles_authorshipevent" ("article_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role") VALUES (OLD."article_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."position", OLD."role"); RETURN NULL;',
                    hash="afc25951ee956ee9d1d445aea836591a696ed156",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_77478",
                    table="articles_authorship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="authorship",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_authorshipevent" ("article_id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "role") VALUES (OLD."article_id", OLD."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."role"); RETURN NULL;',
                    hash="08ae67194e2f1b0a057e7d1df69c4b3550d106b9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3cdbc",
                    table="articles_authorship",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taggedarticle",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_taggedarticleevent" ("content_object_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (NEW."content_object_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."tag_id"); RETURN NULL;',
                    hash="54d47cbd60696676553fc0407ab8903ff3f7d3ab",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7f18a",
                    table="articles_taggedarticle",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taggedarticle",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."content_object_id" IS DISTINCT FROM (NEW."content_object_id") OR OLD."tag_id" IS DISTINCT FROM (NEW."tag_id"))',
                    func='INSERT INTO "articles_taggedarticleevent" ("content_object_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (OLD."content_object_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."tag_id"); RETURN NULL;',
                    hash="09c29de20a7318cac3fa76f4cff1e105c07d31c0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fc167",
                    table="articles_taggedarticle",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taggedarticle",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_taggedarticleevent" ("content_object_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id") VALUES (OLD."content_object_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."tag_id"); RETURN NULL;',
                    hash="ed25dfcd08860bb641baba90734c72be74b682fd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_802c4",
                    table="articles_taggedarticle",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_articleevent" ("date_precision", "kind", "language", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication", "published_on", "publisher_id", "rights", "source", "source_url", "standfirst", "title") VALUES (NEW."date_precision", NEW."kind", NEW."language", NEW."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."publication", NEW."published_on", NEW."publisher_id", NEW."rights", NEW."source", NEW."source_url", NEW."standfirst", NEW."title"); RETURN NULL;',
                    hash="bfb47dacd203e8f71f115ec3c817826a676e2947",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b6ebd",
                    table="articles_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."date_precision" IS DISTINCT FROM (NEW."date_precision") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."publication" IS DISTINCT FROM (NEW."publication") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on") OR OLD."publisher_id" IS DISTINCT FROM (NEW."publisher_id") OR OLD."rights" IS DISTINCT FROM (NEW."rights") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."standfirst" IS DISTINCT FROM (NEW."standfirst") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                    func='INSERT INTO "articles_articleevent" ("date_precision", "kind", "language", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication", "published_on", "publisher_id", "rights", "source", "source_url", "standfirst", "title") VALUES (OLD."date_precision", OLD."kind", OLD."language", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', OLD."id", OLD."publication", OLD."published_on", OLD."publisher_id", OLD."rights", OLD."source", OLD."source_url", OLD."standfirst", OLD."title"); RETURN NULL;',
                    hash="a8ef44790e940e52667907ae50979b57e30275d6",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d7697",
                    table="articles_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_articleevent" ("date_precision", "kind", "language", "period", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication", "published_on", "publisher_id", "rights", "source", "source_url", "standfirst", "title") VALUES (OLD."date_precision", OLD."kind", OLD."language", OLD."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."publication", OLD."published_on", OLD."publisher_id", OLD."rights", OLD."source", OLD."source_url", OLD."standfirst", OLD."title"); RETURN NULL;',
                    hash="c5a60a3d94acdb18292fbc9db29b4b1994a01877",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ddb9c",
                    table="articles_article",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(WORDS, WORDS_BACK),
        migrations.RunSQL(INDEXING, INDEXING_BACK),
        migrations.RunSQL(INVARIANTS, INVARIANTS_BACK),
        migrations.RunSQL(ADDRESSES + TRIGGERS, "DROP FUNCTION articles_former_address CASCADE"),
    ]
