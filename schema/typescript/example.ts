// How a front end asks with these types: the document says what goes in and what comes out.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { DocumentNode } from "graphql";
import { documentIds, LogInDocument } from "./documents";

const ids: { readonly [operation: string]: string | undefined } = documentIds;

/** Answers a persisted query by GET, so that the browser keeps what has not changed. */
export async function ask<Answer, Variables>(
  document: TypedDocumentNode<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const parameters = new URLSearchParams({ documentId: idOf(document), variables: JSON.stringify(variables) });
  const response = await fetch(`/graphql?${parameters}`, { headers: { accept: "application/json" } });
  const { data, errors } = (await response.json()) as { data?: Answer; errors?: { message: string }[] };
  if (data === undefined || errors !== undefined) {
    throw new Error(errors?.map((error) => error.message).join("; ") ?? `HTTP ${response.status}`);
  }
  return data;
}

function idOf(document: DocumentNode): string {
  const operation = document.definitions.find((definition) => definition.kind === "OperationDefinition");
  const id = operation?.name && ids[operation.name.value];
  if (!id) {
    throw new Error(`${operation?.name?.value ?? "a document without a name"} is not persisted`);
  }
  return id;
}

/** The levels that a customer has reached, brand by brand, at log-in. */
export async function levels(openid: string, app: string): Promise<Map<string, string>> {
  const { person } = await ask(LogInDocument, { openid, app });
  const reached = new Map<string, string>();
  for (const { brand, level } of person?.members ?? []) {
    if (brand !== null && level !== null) {
      reached.set(brand.name ?? brand.key, level);
    }
  }
  return reached;
}
