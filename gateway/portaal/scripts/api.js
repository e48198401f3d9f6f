"use strict";

// Shows one OpenAPI document. Its words come from the document; those of Redoc itself from here.
const place = document.getElementById("api");
Redoc.init(
  place.dataset.document,
  {
    hideLoading: true,
    nativeScrollbars: true,
    jsonSampleExpandLevel: 3,
    labels: {
      enum: "Keuze uit",
      enumSingleValue: "Waarde",
      enumArray: "Elk van",
      default: "Standaard",
      deprecated: "Verouderd",
      example: "Voorbeeld",
      examples: "Voorbeelden",
      recursive: "Herhaalt zich",
      arrayOf: "Lijst van ",
      const: "Waarde",
      noResultsFound: "Niets gevonden",
      download: "Downloaden",
      downloadSpecification: "OpenAPI-document",
      responses: "Antwoorden",
      requestSamples: "Voorbeeld van een verzoek",
      responseSamples: "Voorbeeld van een antwoord",
    },
    theme: {
      colors: { primary: { main: "#075985" }, text: { primary: "#14232b" } },
      typography: {
        fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
        headings: {
          fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
        },
        code: { fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace' },
      },
      sidebar: { backgroundColor: "#f2f6f7" },
      rightPanel: { backgroundColor: "#0b3f4a" },
    },
  },
  place,
);
