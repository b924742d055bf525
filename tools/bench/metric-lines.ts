import * as z from 'zod';

const metricLine = z.object({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** The custom metrics of a line: each name with each combination of its dimensions. */
export function metricsOf(line: string): readonly string[] {
  const values: Readonly<Record<string, unknown>> = JSON.parse(line);
  return metricLine
    .parse(values)
    ._aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
      Metrics.flatMap(({ Name }) =>
        Dimensions.map((names) => [Name, ...names.map((name) => `${name}=${values[name]}`)].join(' ')),
      ),
    );
}
