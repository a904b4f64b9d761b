"""From the text of a query to a page of hits. No Flask here."""
