/// `verify.js`: a record's proof, checked by the browser with what the page's own gateway had no hand in but the bytes.
enum VerifyModule {
    static let text = #"""
        // Inclusion (RFC 9162, 2.1.3.2) and the checkpoint's signature (C2SP signed-note), by the browser's cryptography.
        const box = document.getElementById("verify");
        const result = document.getElementById("verify-result");
        const button = document.getElementById("verify-button");
        const decoder = new TextDecoder("utf-8", { fatal: true });

        class Refusal extends Error {}

        function demand(holds, words) {
          if (!holds) throw new Refusal(words);
        }

        function bytes(base64) {
          return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        }

        function same(left, right) {
          return left.length === right.length && left.every((byte, index) => byte === right[index]);
        }

        async function hash(...parts) {
          const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
          let place = 0;
          for (const part of parts) {
            all.set(part, place);
            place += part.length;
          }
          return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
        }

        const leafMark = Uint8Array.of(0);
        const nodeMark = Uint8Array.of(1);

        async function root(leaf, index, size, hashes) {
          demand(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size,
            "the proof names no entry of its tree");
          let [first, last, current] = [index, size - 1, leaf];
          const half = (number) => Math.floor(number / 2);
          for (const sibling of hashes) {
            demand(last > 0, "the proof has too many hashes");
            if (first % 2 === 1 || first === last) {
              current = await hash(nodeMark, sibling, current);
              while (first % 2 === 0 && first !== 0) [first, last] = [half(first), half(last)];
            } else {
              current = await hash(nodeMark, current, sibling);
            }
            [first, last] = [half(first), half(last)];
          }
          demand(last === 0, "the proof has too few hashes");
          return current;
        }

        function readNote(note) {
          const end = note.lastIndexOf("\n\n");
          demand(end > 0, "the checkpoint is not a signed note");
          const text = note.slice(0, end + 1);
          const [origin, size, rootText] = text.split("\n");
          demand(/^(0|[1-9][0-9]*)$/.test(size || "") && rootText, "the checkpoint is not well-formed");
          const signatures = note.slice(end + 2).split("\n").filter(Boolean).map((line) => {
            const [dash, name, value] = line.split(" ");
            demand(dash === "—" && name && value, "a signature of the checkpoint is not well-formed");
            return { name, bytes: bytes(value) };
          });
          return { text, origin, size: Number(size), root: bytes(rootText), signatures };
        }

        async function readKey(text) {
          const [name, id, ...rest] = text.trim().split("+");
          let material;
          try {
            material = bytes(rest.join("+"));
          } catch {
            throw new Refusal("the key is not written as NAME+ID+KEY");
          }
          const isKey = name && id && material.length === 33 && material[0] === 1;
          demand(isKey, "the key is not an Ed25519 key written as NAME+ID+KEY");
          const own = (await hash(new TextEncoder().encode(`${name}\n`), material)).slice(0, 4);
          const hex = Array.from(own, (byte) => byte.toString(16).padStart(2, "0")).join("");
          demand(hex === id, "the key's ID is not its own: it was copied wrongly");
          return { name, id: own, raw: material.slice(1) };
        }

        // Whether the key signed; null where this browser cannot tell.
        async function isSigned(note, key) {
          const mine = note.signatures.filter((one) => one.name === key.name && same(one.bytes.slice(0, 4), key.id));
          demand(mine.length > 0, `the checkpoint has no signature of ${key.name}`);
          let imported;
          try {
            imported = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
          } catch {
            return null;
          }
          const text = new TextEncoder().encode(note.text);
          for (const one of mine) {
            if (await crypto.subtle.verify({ name: "Ed25519" }, imported, one.bytes.slice(4), text)) return true;
          }
          return false;
        }

        function line(tone, word, text) {
          const item = document.createElement("li");
          const badge = document.createElement("span");
          badge.className = `badge ${tone}`;
          badge.textContent = word;
          item.className = "line";
          item.append(badge, " ", text);
          return item;
        }

        const holds = (text) => line("ok", "holds", text);
        const unchecked = (text) => line("hold", "not checked", text);

        function list(items) {
          const element = document.createElement("ul");
          element.className = "checks";
          element.append(...items);
          return element;
        }

        function told(heading, items) {
          const title = document.createElement("h3");
          title.textContent = heading;
          return [title, list(items)];
        }

        async function verify(given) {
          const checks = [];
          const answer = await fetch(box.dataset.proof, { cache: "no-store" });
          demand(answer.ok, `the gateway gave no proof (${answer.status})`);
          const proof = await answer.json();
          const entry = bytes(proof.entry);
          const words = decoder.decode(entry);
          const record = JSON.parse(words);
          demand(record.id === box.dataset.record, "the proof is of another record");
          checks.push(holds(`The log's entry ${proof.index} is the record ${record.id}.`));
          const note = readNote(proof.checkpoint);
          demand(note.size === proof.size, "the proof is of another tree than the checkpoint");
          const leaf = await hash(leafMark, entry);
          const reached = await root(leaf, proof.index, note.size, proof.hashes.map(bytes));
          demand(same(reached, note.root),
            "the hashes do not lead to the checkpoint's root: this is not the record that was logged");
          checks.push(holds(`Its hash leads to the root of the checkpoint of ${note.size} records.`));
          const key = await readKey(given || proof.key);
          demand(key.name === note.origin, `the checkpoint is of ${note.origin}, the key of ${key.name}`);
          const signed = await isSigned(note, key);
          demand(signed !== false, "the checkpoint's signature is not of this key");
          if (signed) checks.push(holds(`The checkpoint is signed by the key of ${key.name}.`));
          const open = [];
          if (signed === null) {
            open.push(unchecked("The signature: this browser has no Ed25519. Take the bundle and countersign-verify."));
          }
          if (!given) {
            open.push(unchecked("Whether this key is the log's: the gateway named it itself. "
              + "Enter the key that you have from elsewhere."));
          }
          const others = note.signatures.length - 1;
          open.push(unchecked(others > 0
            ? `${others} more signature${others === 1 ? "" : "s"} on the checkpoint, as of witnesses.`
            : "Whether others see the same log: no witness has signed this checkpoint."));
          open.push(unchecked("Whether these are all records, and whether what a record says is true."));
          const shown = document.createElement("pre");
          shown.className = "raw";
          shown.tabIndex = 0;
          shown.setAttribute("role", "region");
          shown.setAttribute("aria-label", "The record as the log has it");
          shown.textContent = visible(JSON.stringify(record, null, 2));
          return [
            ...told("Checked by this browser", checks), ...told("Not checked here", open),
            ...told("The record as the log has it", []), shown,
          ];
        }

        // What turns the direction of a line, and what cannot be seen, is written out.
        function visible(text) {
          return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (letter) =>
            letter === "\n" ? letter : `\\u{${letter.codePointAt(0).toString(16).toUpperCase()}}`);
        }

        async function run() {
          button.disabled = true;
          try {
            demand(crypto.subtle, "this browser gives pages no cryptography here: it needs https, or this machine");
            result.replaceChildren(...(await verify(document.getElementById("key").value.trim())));
            box.dataset.verified = "yes";
          } catch (error) {
            const words = error instanceof Refusal ? error.message : "the proof could not be read";
            result.replaceChildren(list([line("no", "does not hold", `${words[0].toUpperCase()}${words.slice(1)}.`)]));
            box.dataset.verified = "no";
          }
          button.disabled = false;
        }

        if (box) {
          box.hidden = false;
          button.addEventListener("click", run);
        }

        """#
}
