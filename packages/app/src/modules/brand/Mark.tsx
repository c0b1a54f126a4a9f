/** A hull on the slope of a slipway, above the water line. */
export function Mark(props: {
  size: number;
  hull: string;
  slope: string;
  title?: string;
}) {
  const { size, hull, slope, title } = props;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      role={title ? 'img' : undefined}
      aria-hidden={title ? undefined : true}
      aria-label={title}
    >
      <path d="M2 13 30 23v4L2 17z" fill={slope} />
      <path d="M6 5h16.5l5.5 13.6L8.6 11.7z" fill={hull} />
    </svg>
  );
}
