from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_absence"),
    ]

    operations = [
        migrations.AlterField(
            model_name="grant",
            name="role",
            field=models.CharField(
                choices=[
                    ("clerk", "经办人"),
                    ("handler", "承办人"),
                    ("section_head", "科室负责人"),
                    ("leader", "局领导"),
                    ("liaison", "联络员"),
                    ("mediator", "调解员"),
                    ("practitioner", "法律服务人员"),
                    ("statistician", "统计员"),
                    ("audit_admin", "审计管理员"),
                    ("security_admin", "安全管理员"),
                    ("system_admin", "系统管理员"),
                ],
                max_length=20,
                verbose_name="角色",
            ),
        ),
    ]
