// Runs before the first paint and before any other script.

import "./first_theme.js";
import "./first_text.js";
import "./policy.js";
import "./first_entry.js";
