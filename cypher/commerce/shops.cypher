// What is stored of shops, each field with the day that it was said.
// rows: {keys LIST<STRING>}: one map, because Neo4j plans a statement anew for every size class of a list parameter.
// mode: read
// params: rows MAP
// returns: key STRING, name STRING, t_name DATE, platform STRING, t_platform DATE, brand STRING, t_brand DATE
// browser: :param rows => {keys: ["tmall-mumu"]}
UNWIND $rows.keys AS key
MATCH (s:Shop {key: key})
OPTIONAL MATCH (s)-[:OF_BRAND]->(b:Brand)
RETURN s.key AS key, s.name AS name, s.t_name AS t_name, s.platform AS platform, s.t_platform AS t_platform,
  b.key AS brand, s.t_brand AS t_brand
