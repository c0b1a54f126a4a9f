# The control plane and the nodes let each other in where Kubernetes needs it; nodes reach the internet by HTTPS only,
# pods reach one another and are told apart by network policies.
locals {
  # Of kubelets, and of webhooks and aggregated APIs: metrics-server, load balancer controller, external-secrets.
  control_plane_to_nodes = merge(
    { "10250" = "Control plane to kubelets" },
    { for port in concat([4443, 8443, 9443], var.webhook_ports) : tostring(port) => "Control plane to webhooks and aggregated APIs" },
  )
}

resource "aws_security_group" "control_plane" {
  name_prefix = "${var.name}-control-plane-"
  description = "Kubernetes control plane of ${var.name}"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = "${var.name}-control-plane" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "nodes" {
  name_prefix = "${var.name}-nodes-"
  description = "Kubernetes nodes of ${var.name}"
  vpc_id      = var.vpc_id
  tags        = merge(var.tags, { Name = "${var.name}-nodes" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "nodes_to_control_plane" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.control_plane.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  description                  = "Nodes and pods to the Kubernetes API"
}

resource "aws_vpc_security_group_ingress_rule" "nodes_to_control_plane" {
  security_group_id            = aws_security_group.control_plane.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  description                  = "Nodes and pods to the Kubernetes API"
}

resource "aws_vpc_security_group_egress_rule" "nodes_to_nodes" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "-1"
  description                  = "Pods to pods; network policies narrow it"
}

resource "aws_vpc_security_group_ingress_rule" "nodes_to_nodes" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "-1"
  description                  = "Pods to pods; network policies narrow it"
}

resource "aws_vpc_security_group_egress_rule" "nodes_to_internet" {
  security_group_id = aws_security_group.nodes.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  description       = "HTTPS to AWS and registries, by NAT"
}

resource "aws_vpc_security_group_egress_rule" "control_plane_to_nodes" {
  for_each = local.control_plane_to_nodes

  security_group_id            = aws_security_group.control_plane.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.key)
  to_port                      = tonumber(each.key)
  description                  = each.value
}

resource "aws_vpc_security_group_ingress_rule" "control_plane_to_nodes" {
  for_each = local.control_plane_to_nodes

  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.control_plane.id
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.key)
  to_port                      = tonumber(each.key)
  description                  = each.value
}
