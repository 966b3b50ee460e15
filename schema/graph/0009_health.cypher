// The latest measurement of health: replaced as a whole by the next one.

CREATE CONSTRAINT graph_health_key IF NOT EXISTS FOR (node:GraphHealth) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT health_check_key IF NOT EXISTS FOR (node:HealthCheck) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT health_finding_key IF NOT EXISTS FOR (node:HealthFinding) REQUIRE node.key IS UNIQUE;
CREATE CONSTRAINT health_rate_key IF NOT EXISTS FOR (node:HealthRate) REQUIRE node.key IS UNIQUE;
