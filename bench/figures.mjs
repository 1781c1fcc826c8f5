// Medians and percentiles, rounded for reading.

export const round = (value, digits = 1) => Number(value.toFixed(digits));

/** The value below which `share` of the values lie; null of none. */
export function percentile(values, share, digits = 1) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))], digits);
}

export const median = (values, digits) => percentile(values, 0.5, digits);
