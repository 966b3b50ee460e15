// Where people stand: the stages of the lifecycle and of journeys, the bounds of scores and the repurchase cycles, each by its key;
// and the cards that run out on coming days.

CREATE CONSTRAINT stage_key IF NOT EXISTS FOR (node:Stage) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT journey_stage_key IF NOT EXISTS FOR (node:JourneyStage) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT rfm_base_key IF NOT EXISTS FOR (node:RfmBase) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT repurchase_cycle_key IF NOT EXISTS FOR (node:RepurchaseCycle) REQUIRE node.key IS UNIQUE;
CREATE INDEX card_valid_to IF NOT EXISTS FOR (node:Card) ON (node.validTo);
