import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../schema.graphql",
  documents: "src/documents.graphql",
  generates: {
    // Types for the app, and `persisted-documents.json` for the server.
    "src/generated/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: false,
        // The app has the hashes of its documents and none of their texts.
        persistedDocuments: { mode: "replaceDocumentWithHash", hashAlgorithm: "sha256" },
      },
      config: {
        documentMode: "string",
        emitLegacyCommonJSImports: false,
        enumsAsTypes: true,
        immutableTypes: true,
        useTypeImports: true,
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
