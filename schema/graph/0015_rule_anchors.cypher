// Where rules start: the messages of a campaign.

CREATE INDEX touch_campaign_at IF NOT EXISTS FOR (node:Touch) ON (node.campaign, node.at);
