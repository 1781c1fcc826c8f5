// Medians and percentiles, rounded for reading.

export const round = (value, digits = 1) => Number(value.toFixed(digits));

/** The value below which `share` of the values lie; null of none. */
export function percentile(values, share) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
}

export const median = (values) => percentile(values, 0.5);
