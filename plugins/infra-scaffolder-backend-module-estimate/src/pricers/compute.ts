import type { JsonObject } from '@backstage/types';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import { Exact } from '../engine/money';
import { HOURS } from '../engine/month';
import type { PricedPart, Pricer, PricingScope } from '../engine/types';
import {
  isOn,
  listOf,
  numberOf,
  required,
  textOf,
  within,
} from '../engine/values';

/**
 * Included in a gp3 volume, paid for beyond. Source: Amazon EBS User Guide, "General Purpose SSD volumes".
 */
const GP3_IOPS = 3000;
const GP3_MEBIBYTES_PER_SECOND = 125;

/** Metrics of detailed monitoring of an instance. Source: Amazon CloudWatch pricing, example of EC2 detailed monitoring. */
const DETAILED_METRICS = 7;

function launchTemplateData(
  resource: DescribedResource,
  scope: PricingScope,
): JsonObject {
  const template = within(resource.properties, 'LaunchTemplate');
  const found = scope.referred(
    template.Id ??
      template.LaunchTemplateId ??
      template.LaunchTemplateName ??
      template.Name,
    'AWS::EC2::LaunchTemplate',
  );
  return within(found?.properties, 'LaunchTemplateData');
}

function volumeParts(
  ebs: JsonObject,
  machines: Exact,
  scope: PricingScope,
): PricedPart[] {
  const type = textOf(ebs.VolumeType) ?? 'gp3';
  const gigabytes = numberOf(ebs.VolumeSize) ?? scope.assume('nodeVolumeGb');
  const beyond = (value: Exact | undefined, included: number) =>
    Exact.max((value ?? new Exact(included)).minus(included), 0);
  const iops =
    type === 'gp3' ? beyond(numberOf(ebs.Iops), GP3_IOPS) : new Exact(0);
  const throughput =
    type === 'gp3'
      ? beyond(numberOf(ebs.Throughput), GP3_MEBIBYTES_PER_SECOND)
      : new Exact(0);
  return [
    scope.part(
      `${gigabytes} GB of ${type} each`,
      { service: 'AmazonEC2', usage: `EBS:VolumeUsage.${type}` },
      machines.times(gigabytes),
    ),
    ...(iops.isZero()
      ? []
      : [
          scope.part(
            'IOPS of the volumes',
            { service: 'AmazonEC2', usage: 'EBS:VolumeP-IOPS.gp3' },
            machines.times(iops),
          ),
        ]),
    ...(throughput.isZero()
      ? []
      : [
          scope.part(
            'Throughput of the volumes',
            { service: 'AmazonEC2', usage: 'EBS:VolumeP-Throughput.gp3' },
            machines.times(throughput),
            { times: new Exact(1).div(1024), unit: 'MiB/s-months' },
          ),
        ]),
  ];
}

/** Machines of one type with their volumes and their detailed monitoring. */
function machineParts(
  machine: {
    type: string;
    count: Exact;
    spot: boolean;
    volumes: JsonObject[];
    isMonitored: boolean;
  },
  scope: PricingScope,
): PricedPart[] {
  const { type, count, spot, volumes, isMonitored } = machine;
  return [
    scope.part(
      `${count} × ${type}${spot ? ', spot' : ''}`,
      {
        service: 'AmazonEC2',
        usage: `BoxUsage:${type}`,
        operation: 'RunInstances',
      },
      count.times(HOURS),
      spot ? { times: scope.assume('spotPercent').div(100) } : {},
    ),
    ...volumes.flatMap(ebs => volumeParts(ebs, count, scope)),
    ...(isMonitored
      ? [
          scope.part(
            'Detailed monitoring',
            { service: 'AmazonCloudWatch', usage: 'CW:MetricMonitorUsage' },
            count.times(DETAILED_METRICS),
          ),
        ]
      : []),
  ];
}

function volumesOf(data: JsonObject): JsonObject[] {
  return listOf(data.BlockDeviceMappings)
    .map(mapping => within(mapping, 'Ebs'))
    .filter(ebs => Object.keys(ebs).length > 0);
}

/** Managed nodes: as many as desired, of the first instance type. */
const nodeGroup: Pricer = (resource, scope) => {
  const { properties } = resource;
  const data = launchTemplateData(resource, scope);
  const type = required(
    textOf(listOf(properties.InstanceTypes)[0]) ?? textOf(data.InstanceType),
    'instance type',
  );
  const scaling = within(properties, 'ScalingConfig');
  const count = required(
    numberOf(scaling.DesiredSize) ?? numberOf(scaling.MinSize),
    'number of nodes',
  );
  const spot = properties.CapacityType === 'SPOT';
  const volumes = volumesOf(data);
  return {
    title: `${count} × ${type}, ${spot ? 'spot' : 'on demand'}`,
    parts: machineParts(
      {
        type,
        count,
        spot,
        volumes:
          volumes.length > 0 ? volumes : [{ VolumeSize: properties.DiskSize }],
        isMonitored: isOn(within(data, 'Monitoring').Enabled),
      },
      scope,
    ),
    missing: [],
  };
};

const instance: Pricer = (resource, scope) => {
  const { properties } = resource;
  const data = launchTemplateData(resource, scope);
  const type = required(
    textOf(properties.InstanceType) ?? textOf(data.InstanceType),
    'instance type',
  );
  const volumes = volumesOf(properties);
  return {
    title: `1 × ${type}`,
    parts: machineParts(
      {
        type,
        count: new Exact(1),
        spot: false,
        volumes: volumes.length > 0 ? volumes : volumesOf(data),
        isMonitored:
          isOn(properties.Monitoring) ||
          isOn(within(data, 'Monitoring').Enabled),
      },
      scope,
    ),
    missing: [],
  };
};

const volume: Pricer = ({ properties }, scope) => ({
  title: `Volume, ${textOf(properties.VolumeType) ?? 'gp2'}`,
  parts: volumeParts(
    {
      VolumeType: textOf(properties.VolumeType) ?? 'gp2',
      VolumeSize: required(numberOf(properties.Size), 'size').toFixed(),
      ...(properties.Iops !== undefined && { Iops: properties.Iops }),
      ...(properties.Throughput !== undefined && {
        Throughput: properties.Throughput,
      }),
    },
    new Exact(1),
    scope,
  ),
  missing: [],
});

export const computePricers: Record<string, Pricer> = {
  'AWS::EKS::Nodegroup': nodeGroup,
  'AWS::EC2::Instance': instance,
  'AWS::EC2::Volume': volume,
};
