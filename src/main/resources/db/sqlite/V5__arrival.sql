-- Callbacks that are acknowledged and not yet part of their messages: a row a commit, in the order in which they came. To add to the end of this
-- table touches a page or two, where the rows of the messages touch more than one each; so what gathers here is taken over at once.
CREATE TABLE arrival (
    id   INTEGER PRIMARY KEY,
    body BLOB NOT NULL
);
