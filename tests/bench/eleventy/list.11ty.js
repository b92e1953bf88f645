// The list page: a row for each record.
import { escape, named } from "./_includes/words.js";

export const data = { layout: "frame.11ty.js", title: "Partnerships", permalink: "/partnerships/" };

const advice = (record, l) => named(l.organisations, record.partners.filter(({ side }) => side === "advice").map(({ kind }) => kind));

export const render = ({ partnerships, title, labels: l }) => `
<h1>${title}</h1>
<ol class="records">
${partnerships.map((r) => `<li>
  <h2><a href="/partnerships/${r.id}/">${escape(r.name)}</a></h2>
  <p>${escape(r.area)}</p>
  <p>${escape(l.statuses[r.status])} (${r.status_as_of})</p>
  <dl>
    <div><dt>Settings</dt><dd>${named(l.settings, r.settings)}</dd></div>
    <div><dt>Advice from</dt><dd>${advice(r, l)}</dd></div>
    <div><dt>Issues</dt><dd>${named(l.issues, r.issues)}</dd></div>
    <div><dt>Last reviewed</dt><dd>${escape(r.last_reviewed)}</dd></div>
  </dl>
</li>`).join("\n")}
</ol>
`;
