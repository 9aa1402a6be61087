-- A conversation's timeline asks for the calls of its peer.
CREATE INDEX calls_of_peer ON calls (account_id, iif(direction = 'inbound', from_address, to_address), started_at, id);
