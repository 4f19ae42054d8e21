"""What only PostgreSQL can promise, whoever writes: search vectors, ``changed_at``, immutability.

Triggers rather than generated columns, because a vector reads the article's people, tags and
publisher, and its configuration depends on the row's language.
"""

from django.db import migrations

SEARCH = r"""
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

CREATE FUNCTION articles_article_refresh() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  config regconfig := articles_text_config(NEW.language);
  people text := (SELECT string_agg(p.name, ' ; ' ORDER BY a.position)
                    FROM articles_authorship a JOIN articles_person p ON p.id = a.person_id
                   WHERE a.article_id = NEW.id);
  tags text := (SELECT string_agg(t.name, ' ; ')
                  FROM articles_taggedarticle tt JOIN articles_tag t ON t.id = tt.tag_id
                 WHERE tt.content_object_id = NEW.id);
  publisher text := (SELECT name FROM articles_publisher WHERE id = NEW.publisher_id);
BEGIN
  IF NEW.state <> 'draft' AND NEW.published_at IS NULL THEN
    NEW.published_at := clock_timestamp();  -- lists are ordered by it
  END IF;
  NEW.metadata_vector :=
    setweight(to_tsvector(config, NEW.title), 'A') ||
    setweight(to_tsvector(config, NEW.standfirst), 'B') ||
    setweight(to_tsvector('simple', coalesce(people, '')), 'B') ||
    setweight(to_tsvector(config, coalesce(tags, '')), 'B') ||
    setweight(to_tsvector('simple', coalesce(publisher, '') || ' ' || NEW.publication), 'C');
  IF TG_OP = 'UPDATE'
     AND to_jsonb(NEW) - 'metadata_vector' - 'changed_at'
         IS DISTINCT FROM to_jsonb(OLD) - 'metadata_vector' - 'changed_at' THEN
    NEW.changed_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER article_refresh BEFORE INSERT OR UPDATE ON articles_article
  FOR EACH ROW EXECUTE FUNCTION articles_article_refresh();

CREATE FUNCTION articles_touch(ids bigint[]) RETURNS void LANGUAGE sql AS $$
  UPDATE articles_article SET changed_at = clock_timestamp() WHERE id = ANY(ids)
$$;

CREATE FUNCTION articles_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
-- One article's people, tags or revisions changed; TG_ARGV[0] names the column that says whose.
DECLARE ids bigint[];
BEGIN
  IF TG_OP <> 'INSERT' THEN ids := ids || (to_jsonb(OLD) ->> TG_ARGV[0])::bigint; END IF;
  IF TG_OP <> 'DELETE' THEN ids := ids || (to_jsonb(NEW) ->> TG_ARGV[0])::bigint; END IF;
  PERFORM articles_touch(ids);
  RETURN NULL;
END $$;
CREATE TRIGGER authorship_changed AFTER INSERT OR UPDATE OR DELETE ON articles_authorship
  FOR EACH ROW EXECUTE FUNCTION articles_part_changed('article_id');
CREATE TRIGGER taggedarticle_changed AFTER INSERT OR UPDATE OR DELETE ON articles_taggedarticle
  FOR EACH ROW EXECUTE FUNCTION articles_part_changed('content_object_id');

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

CREATE FUNCTION articles_index_text(revision bigint, body text, language text) RETURNS void
LANGUAGE plpgsql AS $$
-- Chunks of at most 5,000 words; 20 words of overlap let a phrase lie across a border.
DECLARE
  words text[] := regexp_split_to_array(body, '\s+');
  config regconfig := articles_text_config(language);
  first int := 1;
  chunk text;
  n int := 0;
BEGIN
  LOOP
    chunk := array_to_string(words[first:first + 4999], ' ');
    n := n + 1;
    INSERT INTO articles_textchunk (revision_id, number, text, vector)
      VALUES (revision, n, chunk, to_tsvector(config, chunk));
    EXIT WHEN first + 4999 >= array_length(words, 1);
    first := first + 4980;
  END LOOP;
END $$;

CREATE FUNCTION articles_revision_changed() RETURNS trigger LANGUAGE plpgsql AS $$
-- Only the current text is searched, in the language of its article.
BEGIN
  IF TG_OP = 'INSERT' AND NEW.superseded_at IS NULL
     OR TG_OP = 'UPDATE' AND NEW.superseded_at IS NULL AND OLD.superseded_at IS NOT NULL THEN
    PERFORM articles_index_text(NEW.id, NEW.text,
      (SELECT language FROM articles_article WHERE id = NEW.article_id));
  ELSIF TG_OP = 'UPDATE' AND NEW.superseded_at IS NOT NULL AND OLD.superseded_at IS NULL THEN
    DELETE FROM articles_textchunk WHERE revision_id = NEW.id;
  END IF;
  PERFORM articles_touch(ARRAY[NEW.article_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER revision_changed AFTER INSERT OR UPDATE ON articles_revision
  FOR EACH ROW EXECUTE FUNCTION articles_revision_changed();

CREATE FUNCTION articles_language_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM articles_textchunk c USING articles_revision r
    WHERE r.id = c.revision_id AND r.article_id = NEW.id;
  PERFORM articles_index_text(r.id, r.text, NEW.language)
    FROM articles_revision r WHERE r.article_id = NEW.id AND r.superseded_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER article_language_changed AFTER UPDATE OF language ON articles_article
  FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language)
  EXECUTE FUNCTION articles_language_changed();
"""

SEARCH_BACK = """
DROP FUNCTION articles_text_config, articles_article_refresh, articles_touch, articles_part_changed,
  articles_name_changed, articles_index_text, articles_revision_changed, articles_language_changed
  CASCADE;
"""

INVARIANTS = r"""
CREATE FUNCTION articles_revision_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A closed account may vanish from the record (made_by), the text and its numbers may not change.
  IF to_jsonb(NEW) - 'superseded_at' - 'made_by_id'
     IS DISTINCT FROM to_jsonb(OLD) - 'superseded_at' - 'made_by_id' THEN
    RAISE EXCEPTION 'revision % of article % is immutable', OLD.number, OLD.article_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_immutable';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revision_immutable BEFORE UPDATE ON articles_revision
  FOR EACH ROW EXECUTE FUNCTION articles_revision_immutable();

CREATE FUNCTION articles_article_needs_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE article bigint := CASE WHEN TG_TABLE_NAME = 'articles_article'
                               THEN (to_jsonb(NEW) ->> 'id')::bigint
                               ELSE (to_jsonb(OLD) ->> 'article_id')::bigint END;
BEGIN
  IF EXISTS (SELECT FROM articles_article WHERE id = article AND state <> 'draft')
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
"""

INVARIANTS_BACK = "DROP FUNCTION articles_revision_immutable, articles_article_needs_text CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RunSQL(SEARCH, SEARCH_BACK),
        migrations.RunSQL(INVARIANTS, INVARIANTS_BACK),
    ]
