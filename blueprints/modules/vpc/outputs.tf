output "vpc_id" {
  description = "Id of the VPC."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "Addresses of the VPC."
  value       = var.cidr
}

output "public_subnet_ids" {
  description = "Public subnets, in the order of the zones; known once the internet reaches them."
  value       = aws_subnet.public[*].id
  depends_on  = [aws_route.public_internet, aws_route_table_association.public]
}

output "private_subnet_ids" {
  description = "Private subnets, in the order of the zones."
  value       = aws_subnet.private[*].id
}

output "private_egress_subnet_ids" {
  description = "The same private subnets, known once they reach the internet by NAT; for nodes, which must."
  value       = aws_subnet.private[*].id
  depends_on  = [aws_route.private_nat, aws_route_table_association.private]
}

output "database_subnet_ids" {
  description = "Database subnets, in the order of the zones."
  value       = aws_subnet.database[*].id
}
