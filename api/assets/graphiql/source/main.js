import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";

// The page carries the address to ask and the queries of the first tabs.
const page = JSON.parse(document.getElementById("graphiql-page").textContent);

async function fetcher(request, options) {
  const response = await fetch(page.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      ...options?.headers,
    },
    body: JSON.stringify(request),
  });
  return response.json();
}

const root = document.getElementById("graphiql");
root.textContent = "";
createRoot(root).render(
  createElement(GraphiQL, {
    fetcher,
    defaultTabs: page.tabs,
    defaultEditorToolsVisibility: false,
    shouldPersistHeaders: false,
  }),
);
