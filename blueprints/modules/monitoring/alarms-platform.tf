# The nodes, by what Container Insights counts (rows 004-07, 004-36), and the front door: errors, slowness, nobody to
# answer (rows 000-21, 004-31).
locals {
  cluster_alarms = merge([
    for cluster in var.cluster[*] : {
      for key, alarm in {
        node-cpu = {
          description = "Nodes use more than 80 % of their CPU; the target band ends at 70 %."
          metric_name = "node_cpu_utilization"
          statistic   = "Average"
          when        = "above"
          threshold   = 80
          periods     = 3
        }
        node-memory = {
          description = "Nodes use more than 90 % of their memory; the target band ends at 80 %."
          metric_name = "node_memory_utilization"
          statistic   = "Average"
          when        = "above"
          threshold   = 90
          periods     = 3
        }
        nodes-failed = {
          description = "A node is not ready."
          metric_name = "cluster_failed_node_count"
          statistic   = "Maximum"
          when        = "above"
          threshold   = 0
          periods     = 2
        }
        nodes-too-few = {
          description = "Fewer nodes run than the node group must have."
          metric_name = "cluster_node_count"
          statistic   = "Minimum"
          when        = "below"
          threshold   = cluster.node_min_size
          periods     = 2
        }
        nodes-at-most = {
          description = "All nodes that the node group may have are running; pods may wait."
          metric_name = "cluster_node_count"
          statistic   = "Maximum"
          when        = "at-least"
          threshold   = cluster.node_max_size
          periods     = 3
        }
        } : key => merge(alarm, {
          namespace      = "ContainerInsights"
          dimensions     = { ClusterName = cluster.name }
          period_seconds = 300
          missing_data   = "missing"
      })
    }
  ]...)

  edge_alarms = merge([
    for edge in var.edge[*] : {
      for key, alarm in {
        load-balancer-errors = {
          description = "The load balancer itself answers with 5xx: no healthy pod takes requests."
          metric_name = "HTTPCode_ELB_5XX_Count"
          dimensions  = { LoadBalancer = edge.load_balancer }
          statistic   = "Sum"
          threshold   = 10
          periods     = 3
        }
        application-errors = {
          description = "The application answers with 5xx."
          metric_name = "HTTPCode_Target_5XX_Count"
          dimensions  = { LoadBalancer = edge.load_balancer }
          statistic   = "Sum"
          threshold   = 25
          periods     = 3
        }
        application-slow = {
          description = "Answers take longer than ${edge.milliseconds} ms at the ${edge.percentile}th percentile, the target of ${edge.document}."
          metric_name = "TargetResponseTime"
          dimensions  = { LoadBalancer = edge.load_balancer }
          statistic   = "p${edge.percentile}"
          threshold   = edge.milliseconds / 1000
          periods     = 5
        }
        pods-unhealthy = {
          description = "Some front-end pods fail the load balancer’s health check."
          metric_name = "UnHealthyHostCount"
          dimensions  = { LoadBalancer = edge.load_balancer, TargetGroup = edge.target_group }
          statistic   = "Maximum"
          threshold   = 0
          periods     = 5
        }
        } : key => merge(alarm, {
          namespace      = "AWS/ApplicationELB"
          when           = "above"
          period_seconds = 60
          missing_data   = "notBreaching"
      })
    }
  ]...)
}
