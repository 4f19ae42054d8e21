"""What triggers index is the same as before, and costs half: nothing is reckoned twice.

A text is made searchable once, not three times. A new text moves ``changed_at`` and leaves the
vector of what is known of its article, which has none of its words. All tags, and all people, that
come in one statement index their article once.
"""

from django.db import migrations

CHEAPER = r"""
CREATE OR REPLACE FUNCTION articles_keep_words(words text[]) RETURNS void LANGUAGE sql AS $$
  -- In order, so that two imports at once wait for each other and not in a circle. A count in the
  -- expression would make it slow.
  INSERT INTO articles_word
    SELECT DISTINCT word FROM unnest(words) word
     WHERE length(word) BETWEEN 4 AND 40 AND word ~ '^[[:alpha:]]+$' ORDER BY word
    ON CONFLICT DO NOTHING
$$;

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

CREATE OR REPLACE FUNCTION articles_vector(language text, words text) RETURNS tsvector
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN articles_vector_of(language, articles_searchable(words));
END $$;

CREATE OR REPLACE FUNCTION articles_index_text(revision articles_revision, language text)
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

CREATE OR REPLACE FUNCTION articles_touch(ids bigint[]) RETURNS void LANGUAGE sql AS $$
  -- Without a vector it is made anew.
  UPDATE articles_article SET changed_at = clock_timestamp(), metadata_vector = NULL
   WHERE id = ANY(ids)
$$;

CREATE OR REPLACE FUNCTION articles_article_refresh() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION articles_revision_changed() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION articles_parts_added() RETURNS trigger LANGUAGE plpgsql AS $$
-- People or tags were added in one statement; TG_ARGV[0] names the column that says to what.
DECLARE ids bigint[];
BEGIN
  EXECUTE format('SELECT array_agg(DISTINCT %I) FROM added', TG_ARGV[0]) INTO ids;
  PERFORM articles_touch(ids);
  RETURN NULL;
END $$;
DROP TRIGGER authorship_changed ON articles_authorship;
DROP TRIGGER taggedarticle_changed ON articles_taggedarticle;
CREATE TRIGGER authorship_changed AFTER UPDATE OR DELETE ON articles_authorship
  FOR EACH ROW EXECUTE FUNCTION articles_part_changed('article_id');
CREATE TRIGGER taggedarticle_changed AFTER UPDATE OR DELETE ON articles_taggedarticle
  FOR EACH ROW EXECUTE FUNCTION articles_part_changed('content_object_id');
CREATE TRIGGER authorship_added AFTER INSERT ON articles_authorship
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION articles_parts_added('article_id');
CREATE TRIGGER taggedarticle_added AFTER INSERT ON articles_taggedarticle
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION articles_parts_added('content_object_id');
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_merged_articles")]

    operations = [migrations.RunSQL(CHEAPER)]
