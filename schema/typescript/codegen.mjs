// Types of schema/api.graphql (schema.ts) and of every document (documents.ts), with graphql-codegen:
//     node codegen.mjs CHECKOUT FOLDER
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as documentNodes from "@graphql-codegen/typed-document-node";
import * as types from "@graphql-codegen/typescript";
import * as operations from "@graphql-codegen/typescript-operations";
import { GraphQLError, parse, Source } from "graphql";

const [root, folder] = process.argv.slice(2).map((path) => realpathSync(path));
const PERSISTED = join(root, "schema", "persisted");
const FOLDERS = [PERSISTED, join(root, "docs", "queries")];

const config = {
  enumsAsTypes: true,
  immutableTypes: true,
  strictScalars: true,
  skipTypename: true,
  useTypeImports: true,
  avoidOptionals: { field: true, inputValue: false },
  // As JSON carries them. Money is a text, since a number would round it; times and days are ISO 8601.
  scalars: {
    Date: "string",
    DateTime: "string",
    Decimal: "string",
    JSON: "unknown",
    Value: "string | number | boolean",
    ValueTest: "unknown",
    Measure: "string",
    Pick: "string | number",
  },
};

// A document that docs/queries links to is one document.
const files = [...new Set(FOLDERS.flatMap(graphqlFiles))];
const documents = files.map((file) => ({ location: file, document: parsed(file), text: readFileSync(file) }));

// The checksum is over the file as it lies there, comments and all; what a client prints of it has another.
const documentIds = {
  plugin: () => {
    const ids = documents
      .filter(({ location }) => location.startsWith(PERSISTED))
      .map(({ document, text }) => `  ${nameOf(document)}: "sha256:${createHash("sha256").update(text).digest("hex")}",`);
    const lines = ["/** What the service knows the persisted documents by. */", "export const documentIds = {", ...ids];
    return [...lines, "} as const;", ""].join("\n");
  },
};
const OUTPUTS = {
  "schema.ts": { documents: [], plugins: { types }, config },
  "documents.ts": {
    documents,
    plugins: { operations, documentNodes, documentIds },
    config: { ...config, importSchemaTypesFrom: "schema.ts", namespacedImportName: "Schema" },
  },
};

try {
  const schema = parsed(join(root, "schema", "api.graphql"));
  const written = {};
  for (const [filename, { plugins: pluginMap, ...output }] of Object.entries(OUTPUTS)) {
    const plugins = Object.keys(pluginMap).map((name) => ({ [name]: {} }));
    written[filename] = await codegen({ filename, schema, plugins, pluginMap, ...output });
  }
  for (const [filename, text] of Object.entries(written)) {
    writeFileSync(join(folder, filename), `// Written by \`make types\`, not by hand.\n${text}`);
  }
} catch (error) {
  // A line for each problem: where, and what; a stack helps nobody who wrote a document.
  for (const problem of error.errors ?? [error]) {
    console.error(problem instanceof GraphQLError ? problem.toString() : problem.message);
  }
  process.exitCode = 1;
}

function graphqlFiles(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".graphql")).sort();
  return names.map((name) => realpathSync(join(folder, name)));
}

function parsed(file) {
  return parse(new Source(readFileSync(file, "utf8"), file.slice(root.length + 1)));
}

function nameOf(document) {
  return document.definitions.find(({ kind }) => kind === "OperationDefinition").name.value;
}
