// Search libraries with their best reasonable settings, over text that was folded as İmece folds it.
import { create, insertMultiple, search } from "@orama/orama";
import { stemmer as englishStemmer } from "@orama/stemmers/english";
import { stemmer as turkishStemmer } from "@orama/stemmers/turkish";
import Fuse from "fuse.js";
import lunr from "lunr";
import lunrStemmerSupport from "lunr-languages/lunr.stemmer.support.js";
import lunrTurkish from "lunr-languages/lunr.tr.js";
import MiniSearch from "minisearch";

lunrStemmerSupport(lunr);
lunrTurkish(lunr);

const SHOWN = 10;

/** Engines by name, each `build(documents, language) => (question) => { ids, sureness }`. */
export function createPeers(fold) {
  const rows = (documents) =>
    documents.map(({ id, wordings, text }) => ({
      id,
      title: fold(wordings[0] ?? ""),
      phrasings: wordings.slice(1).map(fold),
      text: fold(text),
    }));
  const joined = (documents) => rows(documents).map((row) => ({ ...row, phrasings: row.phrasings.join(" \n ") }));

  const fuse = (name, options) => ({
    name,
    oneIn: 8,
    build: (documents) => {
      const list = rows(documents);
      const index = new Fuse(list, {
        keys: [
          { name: "title", weight: 2 },
          { name: "phrasings", weight: 2 },
          { name: "text", weight: 1 },
        ],
        includeScore: true,
        ignoreLocation: true,
        ...options,
      });
      return (question) => {
        const found = index.search(fold(question), { limit: SHOWN });
        return { ids: found.map(({ item }) => item.id), sureness: found[0] ? 1 - found[0].score : 0 };
      };
    },
  });

  const miniSearch = {
    name: "MiniSearch fuzzy + prefix",
    build: (documents) => {
      const index = new MiniSearch({ fields: ["title", "phrasings", "text"], processTerm: (term) => term });
      index.addAll(joined(documents));
      return (question) => {
        const found = index.search(fold(question), {
          fuzzy: 0.2,
          prefix: (term) => term.length > 3,
          boost: { title: 2, phrasings: 2 },
        });
        // Its score grows with the number of words asked.
        const words = Math.max(1, question.split(/\s+/).length);
        return { ids: found.slice(0, SHOWN).map(({ id }) => id), sureness: (found[0]?.score ?? 0) / words };
      };
    },
  };

  const orama = {
    name: "Orama with stemmer",
    build: (documents, language) => {
      const turkish = language === "tr";
      const index = create({
        schema: { id: "string", title: "string", phrasings: "string", text: "string" },
        components: {
          tokenizer: {
            language: turkish ? "turkish" : "english",
            stemming: true,
            stemmer: turkish ? turkishStemmer : englishStemmer,
          },
        },
      });
      insertMultiple(index, joined(documents));
      return (question) => {
        const { hits } = search(index, {
          term: fold(question),
          properties: ["title", "phrasings", "text"],
          boost: { title: 2, phrasings: 2 },
          tolerance: 1,
          threshold: 1,
          limit: SHOWN,
        });
        const words = Math.max(1, question.split(/\s+/).length);
        return { ids: hits.map(({ document }) => document.id), sureness: (hits[0]?.score ?? 0) / words };
      };
    },
  };

  const lunrPeer = {
    name: "lunr with stemmer",
    build: (documents, language) => {
      const list = joined(documents);
      const index = lunr(function build() {
        if (language === "tr") this.use(lunr.tr);
        this.ref("id");
        this.field("title", { boost: 2 });
        this.field("phrasings", { boost: 2 });
        this.field("text");
        for (const row of list) this.add(row);
      });
      return (question) => {
        const words = fold(question).match(/[\p{L}\p{N}]+/gu) ?? [];
        const found = index.query((query) => {
          for (const word of words) {
            query.term(word, { boost: 4 });
            if (word.length > 4) query.term(word, { boost: 1, editDistance: 1, usePipeline: false });
          }
        });
        return { ids: found.slice(0, SHOWN).map(({ ref }) => ref), sureness: (found[0]?.score ?? 0) / Math.max(1, words.length) };
      };
    },
  };

  return [
    fuse("fuse.js", { threshold: 0.6 }),
    fuse("fuse.js token search", { threshold: 0.6, useTokenSearch: true }),
    miniSearch,
    orama,
    lunrPeer,
  ];
}
