/** Makes the options of a select field, or of segments, from labels by value, in their order. */
export function optionsOf<T extends string>(labels: Readonly<Record<T, string>>) {
  return (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label }));
}
