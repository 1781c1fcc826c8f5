// The preview's part of the frame: put here by the frame itself.

import { compose } from "./compose.js";

self.flintDocument = { compose };
