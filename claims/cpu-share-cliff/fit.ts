/** Standard deviation, in natural logarithms, that the measurement does not resolve. */
const RESOLUTION = 0.02;

export interface Fit {
  /** Mean logarithm of each level: one without a break, two with one. */
  readonly levels: readonly number[];
  /** Residual standard deviation, in natural logarithms: 0.1 is about 10 %. */
  readonly spread: number;
  /** Akaike's criterion for least squares: n ln(RSS / n) + 2 k. Only differences over the same points mean anything. */
  readonly aic: number;
}

/**
 * Least squares of one level over all points, or of two that meet between two points.
 * A perfect fit has no infinite AIC: the residual is never taken as smaller than what the measurement resolves.
 */
export function fitLevels(
  logs: readonly number[],
  isAfter: (at: number) => boolean,
  parameters: number,
): Fit {
  const groups = [logs.filter((_, at) => !isAfter(at)), logs.filter((_, at) => isAfter(at))];
  const levels = groups.filter((group) => group.length > 0).map(mean);
  const residual = groups.flatMap((group) => group.map((value) => (value - mean(group)) ** 2));
  const variance = mean(residual);
  return {
    levels,
    spread: Math.sqrt(variance),
    aic: logs.length * Math.log(Math.max(variance, RESOLUTION ** 2)) + 2 * parameters,
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
