// One page a record.
import { escape, linked, named } from "./_includes/words.js";

export const data = {
  layout: "frame.11ty.js",
  pagination: { data: "partnerships", size: 1, alias: "record" },
  permalink: ({ record }) => `/partnerships/${record.id}/`,
};

const outcome = (one, l) => `<tr><th scope="row">${escape(one.what)}</th><td>${escape(one.as_written)}</td><td>${escape(one.period ?? "Not stated")}<br><span class="small">${escape(l["period-kinds"][one.period_kind])}</span></td><td>${one.source.map((id) => `<a href="#source-${id}">${id}</a>`).join("")}</td></tr>`;
const source = (one) => `<li id="source-${one.id}"><a href="${escape(one.url)}" rel="noopener">${escape(one.title)}</a>. ${escape(one.publisher)}${one.date ? `, ${escape(one.date)}` : ""}.<br><span class="small">Stands behind: ${one.supports.join(", ")}.</span></li>`;

export const render = ({ record: r, labels: l }) => `
<nav aria-label="Breadcrumbs"><a href="/">Home</a> / <a href="/partnerships/">Partnerships</a></nav>
<h1>${escape(r.name)}</h1>
<p class="record-status">${escape(l.statuses[r.status])} (${r.status_as_of})</p>
<p class="lead">${escape(r.summary)}</p>
<h2 id="at-a-glance">At a glance</h2>
<dl class="facts">
  <div><dt>Settings</dt><dd>${linked(l.settings, r.settings, "settings")}</dd></div>
  <div><dt>Issues</dt><dd>${linked(l.issues, r.issues, "issues")}</dd></div>
  <div><dt>Covers</dt><dd>${escape(l.coverage[r.coverage])}</dd></div>
  <div><dt>Started</dt><dd>${escape(r.started)}</dd></div>
</dl>
<h2 id="where">Where</h2>
<dl class="facts">
  <div><dt>Place</dt><dd>${escape(r.area)}</dd></div>
  <div><dt>Council</dt><dd>${linked(l["local-authorities"], r.local_authorities, "local-authorities")}</dd></div>
  <div><dt>Region</dt><dd>${linked(l.regions, [r.region], "regions")}</dd></div>
  <div><dt>Nation</dt><dd>${linked(l.nations, [r.nation], "nations")}</dd></div>
</dl>
${r.sites ? `<h3 id="sites">Places that the sources name</h3>
<ul>${r.sites.map((site) => `<li>${escape(site.name)}, ${escape(site.town)} (${escape(l["site-types"][site.type])})</li>`).join("")}</ul>` : ""}
<h2 id="who">Who works with whom</h2>
<ul>${r.partners.map((one) => `<li><strong>${escape(one.name)}</strong><br><span class="small">${escape(l.sides[one.side])}: ${escape(l.organisations[one.kind])}: ${named(l.roles, one.roles)}</span></li>`).join("\n")}</ul>
<h2 id="help">What help, and at what level</h2>
<dl class="facts">
  <div><dt>Level of help</dt><dd>${named(l["advice-levels"], r.advice_level, "; ")}</dd></div>
  <div><dt>How it is given</dt><dd>${named(l.delivery, r.delivery, "; ")}</dd></div>
</dl>
${r.referral ? `<h2 id="refer">How to refer</h2>
<p>${escape(r.referral.how)}</p>
<p>Who can refer: ${named(l.referrers, r.referral.who)}.</p>` : ""}
<h2 id="achieved">What the sources report</h2>
<table>
  <thead><tr><th scope="col">What was counted</th><th scope="col">Figure</th><th scope="col">Period</th><th scope="col">Source</th></tr></thead>
  <tbody>
  ${r.outcomes.map((one) => outcome(one, l)).join("\n  ")}
  </tbody>
</table>
${r.funding ? `<h2 id="funding">Funding</h2>
<ul>${r.funding.map((one) => `<li><strong>${escape(one.funder)}</strong> (${escape(l["funding-kinds"][one.kind])})</li>`).join("")}</ul>` : ""}
<h2 id="sources">Sources</h2>
<ol>${r.sources.map(source).join("\n")}</ol>
<h2 id="reviewed">History of this record</h2>
<dl class="facts">
  <div><dt>First listed here</dt><dd>${escape(r.first_listed)}</dd></div>
  <div><dt>Last reviewed</dt><dd>${escape(r.last_reviewed)}</dd></div>
</dl>
<p>Listing is not endorsement.</p>
`;
