// What the page does beyond plain links and forms: polling, dropping files, printing, telling of a second tab. Nothing depends on it.
"use strict";
document.documentElement.classList.add("scripted");

const poll = document.body.dataset.poll;
const part = document.getElementById("part");
let missed = 0;
let next = 0;

async function ask() {
  clearTimeout(next);
  try {
    const answer = await fetch(poll, {credentials: "same-origin", redirect: "error", cache: "no-store"});
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    missed = 0;
    document.getElementById("lost").hidden = true;
    if (part && !told.runs) {
      location.replace(part.dataset.running);
    } else if (part) {
      const says = document.getElementById("says");
      if (says.textContent !== told.says) says.textContent = told.says;
      part.innerHTML = told.part;
    }
  } catch {
    missed += 1;
    if (missed >= 2) document.getElementById("lost").hidden = false;
  }
  const soon = missed === 1 || (part && document.visibilityState === "visible");  // a miss is looked at again at once
  clearTimeout(next);
  next = setTimeout(ask, soon ? 1000 : 10000);
}

if (poll) {
  next = setTimeout(ask, 1000);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") ask(); });
}

// A form that was sent is not sent twice by a double click.
document.addEventListener("submit", (event) => {
  const button = event.submitter || event.target.querySelector("button:not([type=button])");
  if (button) setTimeout(() => { button.disabled = true; }, 0);
});
addEventListener("pageshow", () => document.querySelectorAll("button[disabled]").forEach((one) => { one.disabled = false; }));

document.querySelectorAll("[data-print]").forEach((one) => one.addEventListener("click", () => print()));

// --- files ---
const drop = document.querySelector("[data-drop]");

async function send(files) {
  const said = drop.querySelector("[data-said]");
  for (const file of files) {
    said.textContent = drop.dataset.sending.replace("%", file.name);
    try {
      await fetch(drop.dataset.drop + encodeURIComponent(file.name), {
        method: "PUT", body: file, credentials: "same-origin", redirect: "error",
        headers: {"X-XSRFToken": drop.dataset.xsrf, "X-Antq-Changed": String(file.lastModified), "Content-Type": "application/octet-stream"},
      });
    } catch {
      missed += 1;
    }
  }
  location.reload();
}

if (drop) {
  const field = drop.querySelector("input[type=file]");
  field.addEventListener("change", () => { if (field.files.length) send([...field.files]); });
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) send([...event.dataTransfer.files]);
    });
  }
}

// --- a second tab ---
if (poll && "BroadcastChannel" in window) {
  const tabs = new BroadcastChannel("antq");
  const here = poll.split("/").slice(0, 3).join("/");
  const second = document.getElementById("second");
  const tell = (says) => tabs.postMessage({at: here, says});
  let others = false;
  // Whoever is there answers; a tab that went without a word does not.
  function count() {
    others = false;
    tell("asks");
    setTimeout(() => { second.hidden = !others; }, 500);
  }
  tabs.onmessage = (event) => {
    if (event.data.at !== here || !second) return;
    if (event.data.says === "asks") tell("here");
    if (event.data.says === "left") {
      count();
    } else {
      others = true;
      second.hidden = false;
    }
  };
  if (here.startsWith("/h/")) {
    count();
    setInterval(count, 10000);
    addEventListener("pagehide", () => tell("left"));
  }
}

// After a fault or a result the reader of the screen starts there.
const first = document.querySelector("main .note[role=alert]");
if (first) { first.tabIndex = -1; first.focus(); }
