-- How many people of a campaign stand where: the report reads a dozen rows, however long the list was.
CREATE TABLE campaign_outcomes (
  campaign_id TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL, -- '' while nothing has happened yet
  account_id TEXT NOT NULL,
  people INTEGER NOT NULL CHECK (people >= 0),
  PRIMARY KEY (campaign_id, state, outcome),
  FOREIGN KEY (account_id, campaign_id) REFERENCES campaigns (account_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO campaign_outcomes (campaign_id, state, outcome, account_id, people)
SELECT campaign_id, state, coalesce(outcome, ''), account_id, count(*) FROM recipients GROUP BY campaign_id, state, coalesce(outcome, '');

CREATE TRIGGER a_recipient_stands_somewhere AFTER INSERT ON recipients
BEGIN
  INSERT INTO campaign_outcomes (campaign_id, state, outcome, account_id, people)
  VALUES (NEW.campaign_id, NEW.state, coalesce(NEW.outcome, ''), NEW.account_id, 1)
  ON CONFLICT DO UPDATE SET people = people + 1;
END;
CREATE TRIGGER a_recipient_stands_elsewhere AFTER UPDATE OF state, outcome ON recipients
WHEN NEW.state <> OLD.state OR NEW.outcome IS NOT OLD.outcome
BEGIN
  UPDATE campaign_outcomes SET people = people - 1
  WHERE campaign_id = OLD.campaign_id AND state = OLD.state AND outcome = coalesce(OLD.outcome, '');
  INSERT INTO campaign_outcomes (campaign_id, state, outcome, account_id, people)
  VALUES (NEW.campaign_id, NEW.state, coalesce(NEW.outcome, ''), NEW.account_id, 1)
  ON CONFLICT DO UPDATE SET people = people + 1;
END;
