import { angles } from "./angles.js";

function draw() {
  for (const [hand, angle] of Object.entries(angles(new Date()))) {
    document.querySelector(`.${hand}`).setAttribute("transform", `rotate(${angle})`);
  }
  requestAnimationFrame(draw);
}

draw();
