// All records. Eleventy has no reader of YAML, so js-yaml reads them; JSON_SCHEMA keeps dates as text.
import { readdirSync, readFileSync } from "node:fs";
import yaml from "js-yaml";

export default function () {
  const folder = new URL("../records/", import.meta.url);
  return readdirSync(folder).sort().map((name) => yaml.load(readFileSync(new URL(name, folder), "utf8"), { schema: yaml.JSON_SCHEMA }));
}
