import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** One graph: lines of one namespace and period. @public */
export interface Graph {
  title: string;
  namespace: string;
  /** Metric, dimensions, statistic. */
  lines: Array<[string, Record<string, string>, string]>;
}

/** @public */
export interface DashboardProps {
  name: string;
  region: string;
  graphs: Graph[];
}

const COLUMNS = 3;
const WIDTH = 8;
const HEIGHT = 6;

/**
 * The environment's graphs on one page of CloudWatch (rows 000-20, 001-38, 002-18).
 *
 * @public
 */
export class Dashboard extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new CfnDashboard(this, 'Resource', {
      dashboardName: props.name,
      // The stack puts the values of references into the text.
      dashboardBody: JSON.stringify({
        widgets: props.graphs.map((graph, index) => ({
          type: 'metric',
          x: (index % COLUMNS) * WIDTH,
          y: Math.floor(index / COLUMNS) * HEIGHT,
          width: WIDTH,
          height: HEIGHT,
          properties: {
            title: graph.title,
            region: props.region,
            period: 60,
            metrics: graph.lines.map(([metric, dimensions, stat]) => [
              graph.namespace,
              metric,
              ...Object.entries(dimensions).flat(),
              { stat },
            ]),
          },
        })),
      }),
    });
    this.url = `https://${props.region}.console.aws.amazon.com/cloudwatch/home?region=${props.region}#dashboards/dashboard/${props.name}`;
  }
}
