"use strict";

// Shows the AsyncAPI document that stands in this page.
AsyncApiStandalone.render(
  {
    schema: JSON.parse(document.getElementById("document").textContent),
    config: {
      show: { errors: false },
      receiveLabel: "ONTVANGEN",
      sendLabel: "VERSTUREN",
    },
  },
  document.getElementById("asyncapi"),
);
