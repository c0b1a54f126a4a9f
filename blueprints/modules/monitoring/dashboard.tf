locals {
  columns = 3
  width   = 8
  height  = 6
}

resource "aws_cloudwatch_dashboard" "this" {
  count = length(var.graphs) > 0 ? 1 : 0

  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [
      for index, graph in var.graphs : {
        type   = "metric"
        x      = (index % local.columns) * local.width
        y      = floor(index / local.columns) * local.height
        width  = local.width
        height = local.height
        properties = {
          title  = graph.title
          region = var.region
          period = 60
          metrics = [
            for line in graph.lines : concat(
              [graph.namespace, line.metric],
              flatten([for name, value in line.dimensions : [name, value]]),
              [{ stat = line.statistic }],
            )
          ]
        }
      }
    ]
  })
}
