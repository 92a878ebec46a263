import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../../schema.graphql",
  documents: "src/documents.graphql",
  generates: {
    "src/generated.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        // The documents are texts, which is what is sent: GraphQL itself is not
        // needed while the site is made.
        documentMode: "string",
        enumType: "string-literal",
        useTypeImports: true,
        immutableTypes: true,
        strictScalars: true,
        scalars: {
          Date: "string",
          DateTime: "string",
          Html: "string",
          ID: "string",
          Json: "unknown",
          LocalDateTime: "string",
          Locale: "string",
          Slug: "string",
          Units: "number",
          Week: "string",
        },
      },
    },
  },
};

export default config;
