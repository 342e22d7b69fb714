const form = document.querySelector("#form");
const button = form.querySelector("button");
const price = document.querySelector("#price");
const detail = document.querySelector("#detail");
const rows = document.querySelector("#rows");
const none = document.querySelector("#none");

const euro = new Intl.NumberFormat("en", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const moment = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });

/** Shows each slider's value beside its label. */
function showValue(input) {
  const unit = input.dataset.unit ? ` ${input.dataset.unit}` : "";
  form.querySelector(`output[for="${input.id}"]`).textContent = `${input.value}${unit}`;
}

/** The answer as an object, or an Error that says in words what went wrong. */
async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("The server cannot be reached.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const fields = Object.entries(answer.fields ?? {}).map(([name, fault]) => `${name} ${fault}`);
    const text = fields.join("; ") || answer.error || `the server answered ${response.status}`;
    throw new Error(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
  }
  return answer;
}

function cell(text, name) {
  const td = document.createElement("td");
  td.textContent = text;
  td.className = name;
  return td;
}

function row({ id, features, prediction, modelVersion, storedAt }) {
  const tr = document.createElement("tr");
  tr.append(
    cell(id, "number"),
    cell(`${features.areaM2} m²`, "number"),
    cell(features.rooms, "number"),
    cell(features.ageYears, "number"),
    cell(features.floor, "number"),
    cell(`${features.distanceKm} km`, "number"),
    cell(euro.format(prediction), "number strong"),
    cell(modelVersion, "code"),
    cell(moment.format(new Date(storedAt)), ""),
  );
  return tr;
}

async function showLatest() {
  const { predictions } = await ask("/api/predictions?limit=8");
  rows.replaceChildren(...predictions.map(row));
  none.hidden = predictions.length > 0;
}

function showFault(error) {
  price.textContent = error.message;
  price.className = "price fault";
  detail.textContent = "";
}

form.addEventListener("input", (event) => showValue(event.target));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  const features = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, Number(value)]));
  const began = performance.now();
  try {
    const answer = await ask("/api/predictions", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(features),
    });
    price.textContent = euro.format(answer.prediction);
    price.className = "price";
    const milliseconds = Math.round(performance.now() - began);
    detail.textContent = `Stored as no. ${answer.id} by ${answer.worker}, model ${answer.modelVersion}, ${milliseconds} ms`;
    await showLatest();
  } catch (error) {
    showFault(error);
  } finally {
    button.disabled = false;
  }
});

form.querySelectorAll("input").forEach(showValue);
showLatest().catch(showFault);
