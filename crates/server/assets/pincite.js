// What the pages do beyond HTML: results as one types, keys, copying, citing a selection, and the
// progress of a draft. Everything here has a way without it.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

let saying;
function say(text) {
  const said = $("#said");
  said.textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => { said.textContent = ""; }, 2500);
}

// Copying: a link to a citation is its text.
async function copy(link) {
  try {
    let text = link.href;
    if (!link.classList.contains("link")) {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.statusText);
      text = await answer.text();
    }
    await navigator.clipboard.writeText(text.trimEnd());
    say(`Copied: ${link.textContent.trim()}`);
  } catch (error) {
    say(`Not copied: ${error.message}`);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.copy");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  copy(link);
});

// Results as one types: the same page is asked for, and its results are put in place.
const search = $("#search");
let asking;
async function update(address, push) {
  asking?.abort();
  asking = new AbortController();
  const results = $("#results");
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = $("#results", page);
    if (!found) return;
    results.replaceWith(document.adoptNode(found));
    document.title = page.title;
    if (push) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    const heading = $("#found");
    if (heading) $("#said").textContent = "";
  } catch (error) {
    if (error.name !== "AbortError") say(`Not found out: ${error.message}`);
  } finally {
    $("#results").removeAttribute("aria-busy");
  }
}

function asked() {
  const params = new URLSearchParams(new FormData(search));
  for (const [name, value] of [...params]) if (!value) params.delete(name);
  if (params.get("style") === "apa") params.delete("style");
  const query = params.toString();
  return query ? `/?${query}` : "/";
}

if (search) {
  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => update(asked(), false), 250);
  });
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    update(asked(), true);
  });
  addEventListener("popstate", () => location.reload());
}

// Keys: / to type, arrows to go through the quotations, Enter to read one, c to copy its citation.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing) {
    const box = $("input[type=search], textarea");
    if (box) { event.preventDefault(); box.focus(); box.select?.(); }
    return;
  }
  if (typing && !(typing.id === "q" && event.key === "ArrowDown")) return;
  const cards = all("article[tabindex]");
  const here = cards.findIndex((card) => card.contains(document.activeElement));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!cards.length) return;
    const next = event.key === "ArrowDown" ? Math.min(here + 1, cards.length - 1) : here - 1;
    event.preventDefault();
    if (next < 0) $("#q")?.focus();
    else { cards[next].focus(); cards[next].scrollIntoView({ block: "nearest" }); }
  } else if (here >= 0 && document.activeElement === cards[here]) {
    if (event.key === "Enter") $("a.open", cards[here])?.click();
    if (event.key === "c") { const link = $("a.copy", cards[here]); if (link) copy(link); }
  }
});

// The reader: the sentences of an address are marked, and a selection can be cited.
const source = $("article.source");

function range(fragment) {
  const found = /^#?p(\d+)\.(\d+)-(\d+)$/.exec(fragment);
  return found && found.slice(1).map(Number);
}

function showRange() {
  const found = range(decodeURIComponent(location.hash));
  if (!found) return;
  const [paragraph, first, last] = found;
  for (let sentence = first; sentence <= last; sentence++) {
    document.getElementById(`p${paragraph}.${sentence}`)?.classList.add("asked");
  }
  document.getElementById(`p${paragraph}.${first}`)?.scrollIntoView({ block: "center" });
}

function cite() {
  const bar = $("#cite");
  const selection = getSelection();
  const at = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest(".sentence");
  if (!selection || selection.isCollapsed) { bar.hidden = true; return; }
  const chosen = selection.getRangeAt(0);
  const touched = all(".sentence").filter((it) => chosen.intersectsNode(it) && it.textContent);
  const from = at(chosen.startContainer) ?? touched[0];
  if (!from) { bar.hidden = true; return; }
  const paragraph = from.id.split(".")[0];
  const sentences = touched.map((it) => it.id.split("."))
    .filter(([of]) => of === paragraph).map(([, number]) => Number(number));
  if (!sentences.length) { bar.hidden = true; return; }
  const [first, last] = [Math.min(...sentences), Math.max(...sentences)];
  const place = `${paragraph}.${first}${last > first ? `-${last}` : ""}`;
  const id = encodeURIComponent(`${source.dataset.source}#${place}`);
  const name = document.createElement("strong");
  name.textContent = `Cite ${source.dataset.source}#${place}`;
  const ways = document.createElement("ul");
  ways.className = "ways";
  const formats = { markdown: "Citation", bibtex: "BibTeX", ris: "RIS", wikipedia: "Wikitext" };
  const links = Object.entries(formats).map(([format, label]) =>
    [`/v1/cite?id=${id}&format=${format}`, label, "copy"]);
  links.push([`${location.pathname}#${place}`, "Link", "copy link"]);
  for (const [href, label, kind] of links) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = href;
    link.textContent = label;
    link.className = kind;
    item.append(link);
    ways.append(item);
  }
  bar.replaceChildren(name, ways);
  bar.hidden = false;
}

if (source) {
  let settling;
  document.addEventListener("selectionchange", () => {
    clearTimeout(settling);
    settling = setTimeout(cite, 150);
  });
  addEventListener("hashchange", showRange);
  showRange();
}

// The draft: its progress, a way to stop, and files dropped into it.
const draft = $("#draft");

async function check() {
  const [progress, cancel] = [$("#progress"), $("#cancel")];
  const stop = new AbortController();
  const end = () => stop.abort();
  cancel.hidden = progress.hidden = false;
  progress.removeAttribute("value");
  cancel.addEventListener("click", end, { once: true });
  try {
    const answer = await fetch("/draft/progress", {
      method: "POST", body: $("#text").value, signal: stop.signal,
      headers: { "content-type": "text/plain" },
    });
    if (!answer.ok) throw new Error((await answer.json()).detail);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ;) {
      const { value, done } = await reader.read();
      if (done) break;
      rest += value;
      const events = rest.split("\n\n");
      rest = events.pop();
      events.forEach((event) => told(event, progress));
    }
  } catch (error) {
    say(error.name === "AbortError" ? "Stopped" : `Not checked: ${error.message}`);
  } finally {
    cancel.removeEventListener("click", end);
    cancel.hidden = progress.hidden = true;
  }
}

function told(event, progress) {
  const field = (name) => event.split("\n").find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2);
  if (!field("data")) return;
  const data = JSON.parse(field("data"));
  if (field("event") === "progress") {
    progress.max = data.all;
    progress.value = data.done;
  } else {
    // Made by the server of escaped text, as the page without script is.
    const page = new DOMParser().parseFromString(data.html, "text/html");
    $("#results").replaceChildren(...page.body.childNodes);
    $("#results").scrollIntoView();
    say("Checked");
  }
}

if (draft) {
  const text = $("#text");
  $("#file").hidden = false;
  $("#file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) text.value = await file.text();
  });
  text.addEventListener("dragover", (event) => event.preventDefault());
  text.addEventListener("drop", async (event) => {
    const [file] = event.dataTransfer.files;
    if (file) { event.preventDefault(); text.value = await file.text(); }
  });
  draft.addEventListener("submit", (event) => {
    if (event.submitter?.name === "format") return;
    event.preventDefault();
    check();
  });
}
