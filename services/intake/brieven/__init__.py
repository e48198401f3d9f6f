"""The letter by which a besluit reaches the kandidaat: one content, shown as HTML and as PDF."""
